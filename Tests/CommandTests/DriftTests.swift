import FoundationEssentials
import Glibc
import Testing

/// What `apply` publishes for programs without root, and what those make of it.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `The published state` {
    private static let file = "/run/tcptune/status.json"
    private static let key = "net.ipv4.tcp_fin_timeout"

    private struct Published: Decodable {
        let format: String
        let data: Content

        struct Content: Decodable {
            let transactions: [Transaction]
        }

        struct Transaction: Decodable {
            let id: String
            let profile: String
            let state: String
            let deadline: String?
            let settings: [Value]
        }

        struct Value: Decodable {
            let key: String
            let wanted: String
        }

        var wanted: [String: String] {
            Dictionary(
                data.transactions.flatMap(\.settings).map { ($0.key, $0.wanted) },
                uniquingKeysWith: { _, later in later })
        }
    }

    private static func published(_ host: TunedHost) throws -> Published {
        let text = try host.shell("cat \(file)")
        return try JSONDecoder().decode(Published.self, from: Data(text.utf8))
    }

    @Test func `follows a change from its application to its end`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "1h").status == 0)
            #expect(try host.shell("stat -c '%a %u' \(Self.file)") == "644 0\n")
            let waiting = try Self.published(host)
            #expect(waiting.format == "tcptune.applied/1")
            #expect(waiting.data.transactions.map(\.state) == ["APPLIED"])
            #expect(waiting.data.transactions.first?.deadline?.hasSuffix("Z") == true)
            #expect(waiting.wanted[Self.key] == (try host.value(Self.key)))

            #expect(try host.tcptune("extend", "2h").status == 0)
            #expect(
                try Self.published(host).data.transactions.first?.deadline
                    != waiting.data.transactions.first?.deadline)

            #expect(try host.tcptune("confirm").status == 0)
            let confirmed = try Self.published(host).data.transactions
            #expect(confirmed.map(\.state) == ["CONFIRMED"])
            #expect(confirmed.first?.deadline == nil)

            #expect(try host.tcptune("rollback", "--last").status == 0)
            #expect(try Self.published(host).data.transactions.isEmpty)
        }
    }

    @Test func `says so when the guard reverts`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--confirm", "1s").status == 0)
            #expect(try Self.published(host).data.transactions.count == 1)
            var left = 1
            for _ in 0..<400 where left > 0 {
                usleep(50_000)
                left = try Self.published(host).data.transactions.count
            }
            #expect(left == 0)
        }
    }

    @Test func `is mended by recover, and fails no change`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            try host.shell("echo nonsense >\(Self.file)")
            #expect(try host.tcptune("recover").status == 0)
            #expect(try Self.published(host).data.transactions.count == 1)
            // Nobody can write there: the change is made all the same, and that is said.
            try host.shell("rm -r /run/tcptune && echo >/run/tcptune")
            let outcome = try host.tcptune("rollback", "--last")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("cannot update /run/tcptune/status.json"))
            #expect(try host.value(Self.key) == "60")
        }
    }

    @Test func `does not change where nothing has`() throws {
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            let before = try host.shell("stat -c '%i %Y' \(Self.file)")
            #expect(try host.tcptune("status").status == 0)
            #expect(try host.tcptune("recover").status == 0)
            #expect(try host.shell("stat -c '%i %Y' \(Self.file)") == before)
        }
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `tells nobody's audit and agent what has drifted`() throws {
        let configuration = try Temporary.file("")
        defer { unlink(configuration) }
        chmod(configuration, 0o644)
        try TunedHost.run { host in
            #expect(try host.tcptune("apply", "fin-wait-relief", "--yes").status == 0)
            let nobody = AnotherUser.words.joined(separator: " ")
            let audit = "\(nobody) \(AnotherUser.tcptune) audit --summary --fail-on never"
            let agent =
                "\(nobody) \(AnotherUser.agent) --once --config \(configuration) --owners /nowhere/socket"
            #expect(try host.shell(audit).contains(#""drift":[]"#))
            let before = try host.shell(agent)
            #expect(before.contains("tcptune_setting_drift{key=\"\(Self.key)\"} 0"))
            #expect(before.contains("profile=\"fin-wait-relief\",state=\"CONFIRMED\"} 1"))

            try host.set(Self.key, "45")
            #expect(try host.shell(audit).contains(#""drift":["\#(Self.key)"]"#))
            let after = try host.shell(agent)
            #expect(after.contains("tcptune_setting_drift{key=\"\(Self.key)\"} 1"))
            #expect(
                after.contains(
                    "tcptune_findings{rule=\"setting-drifted\",severity=\"notice\"} 1"))
        }
    }
}
