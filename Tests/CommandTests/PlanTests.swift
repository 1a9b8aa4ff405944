import FoundationEssentials
import Testing

/// `tcptune plan` against real namespaces: what it says is what the kernel would do, and it does nothing.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A plan of a host` {
    struct Output: Decodable {
        let format: String
        let data: Facts

        struct Facts: Decodable {
            let changes: [Change]
            let unchanged: [Unchanged]
            let impossible: [Impossible]
            let shadowed: [Shadowed]
            let remarks: [String]
        }

        struct Change: Decodable {
            let key: String
            let before: String
            let wanted: String
            let landed: String
            let boot: String?
            let boot_after: String?
            let reversible: String
            let scope: String
            let reason: String
        }

        struct Unchanged: Decodable {
            let key: String
            let value: String
        }

        struct Impossible: Decodable {
            let key: String
            let why: String
        }

        struct Shadowed: Decodable {
            let key: String
            let by: Line
            let rule: String

            struct Line: Decodable {
                let file: String
                let line: Int
            }
        }

        init(_ outcome: Program.Outcome) throws {
            self = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
        }

        func change(_ key: String) -> Change? { data.changes.first { $0.key == "net.ipv4." + key } }
    }

    private static func profile(_ settings: String, requires: String = "") throws -> String {
        let directory = try Temporary.directory()
        let path = directory + "/own.toml"
        try Temporary.write(
            """
            [profile]
            name = "own"
            summary = "A profile of a test"
            \(requires)

            \(settings)
            """, to: path)
        return path
    }

    private static func setting(_ key: String, _ value: String, _ word: String = "value") -> String
    {
        "[[setting]]\nkey = \"\(key)\"\n\(word) = \(value)\nwhy = \"to see\"\n\n"
    }

    /// Plans in a scene of its own, and sees to it that nothing was changed by that.
    private func plan(
        _ settings: String, requires: String = "", scene words: [String] = [],
        asAnotherUser: Bool = false, status: Int32 = 1
    ) throws -> Output {
        let path = try Self.profile(settings, requires: requires)
        defer { Temporary.remove(String(path.dropLast("/own.toml".count))) }
        return try Scene.run("settings", words, asContainer: true) { scene in
            if asAnotherUser {
                _ = try scene.run(["chmod", "-R", "a+rX", String(path.dropLast("/own.toml".count))])
            }
            let look = ["sh", "-c", "cat /proc/sys/net/ipv4/* /proc/sys/net/core/* 2>/dev/null"]
            let before = try scene.run(look).output
            let program =
                asAnotherUser ? AnotherUser.words + [AnotherUser.tcptune] : [Program.tcptune]
            let outcome = try scene.run(program + ["plan", path, "--json"])
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(try scene.run(look).output == before)
            return try Output(outcome)
        }
    }

    @Test(.enabled(if: Scene.isRoot, "tries changes out in a namespace of its own"))
    func `reserves the ports of listeners in a wider range`() throws {
        let output = try plan(
            Self.setting("net.ipv4.ip_local_port_range", "\"1024 65535\""),
            scene: ["--listen", "8080", "127.0.0.1:9090", "80"])
        #expect(
            output.data.changes.map(\.key) == [
                "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_local_port_range",
            ])
        #expect(output.data.changes.first?.wanted == "8080,9090")
        #expect(output.data.changes.first?.reason.contains("8080 (python3)") == true)
        #expect(output.data.changes.allSatisfy { $0.reversible == "proven" })
        #expect(output.data.remarks.contains { $0.contains("28 232 now, 64 510 after") })
    }

    @Test func `has nothing to do where all holds`() throws {
        let output = try plan(
            Self.setting("net.ipv4.tcp_tw_reuse", "1")
                + Self.setting("net.core.somaxconn", "1024", "at_least"),
            scene: ["--set", "net.ipv4.tcp_tw_reuse=1"], status: 0)
        #expect(output.data.changes.isEmpty)
        #expect(output.data.unchanged.map(\.value) == ["1", "4096"])
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `of an ordinary user is declared, not proven`() throws {
        let output = try plan(
            Self.setting("net.ipv4.tcp_tw_reuse", "1"), asAnotherUser: true)
        #expect(output.data.changes.map(\.reversible) == ["declared"])
        #expect(output.data.remarks.contains { $0.contains("needs root") })
    }

    @Test func `under a read-only proc has what holds, and nothing else`() throws {
        let output = try plan(
            Self.setting("net.ipv4.tcp_tw_reuse", "1")
                + Self.setting("net.ipv4.tcp_timestamps", "1"),
            scene: ["--read-only"], status: 0)
        #expect(output.data.unchanged.map(\.key) == ["net.ipv4.tcp_timestamps"])
        #expect(output.data.impossible.map(\.key) == ["net.ipv4.tcp_tw_reuse"])
        #expect(output.data.impossible.first?.why.contains("read-only") == true)
    }

    @Test(.enabled(if: Scene.isRoot, "mounts its own files of sysctl.d"))
    func `names the line that would win at boot, and what boot sets before and after`() throws {
        let output = try plan(
            Self.setting("net.ipv4.tcp_tw_reuse", "1")
                + Self.setting("net.ipv4.tcp_fin_timeout", "30"),
            scene: [
                "--boot", "90-z.conf=net.ipv4.tcp_tw_reuse = 0",
                "10-a.conf=net.ipv4.tcp_fin_timeout = 45",
            ])
        #expect(output.data.shadowed.map(\.key) == ["net.ipv4.tcp_tw_reuse"])
        #expect(output.data.shadowed.first?.by.file == "/etc/sysctl.d/90-z.conf")
        #expect(output.data.shadowed.first?.by.line == 1)
        #expect(output.change("tcp_tw_reuse")?.boot == "0")
        #expect(output.change("tcp_tw_reuse")?.boot_after == "0")
        #expect(output.change("tcp_fin_timeout")?.boot == "45")
        #expect(output.change("tcp_fin_timeout")?.boot_after == "30")
        #expect(output.data.remarks.contains { $0.contains("/etc/sysctl.d/10-a.conf:1") })
        #expect(output.data.remarks.contains { $0.contains("does not shorten TIME_WAIT") })
    }

    @Test func `tells that what holds for the host is read-only in a namespace`() throws {
        let output = try plan(
            Self.setting("net.core.rmem_max", "1073741824", "at_least")
                + Self.setting("net.ipv4.tcp_max_orphans", "1073741824", "at_least"), status: 0)
        #expect(output.data.changes.isEmpty)
        #expect(output.data.impossible.count == 2)
    }

    @Test func `refuses where a requirement is not met`() throws {
        let path = try Self.profile(
            Self.setting("net.ipv4.tcp_tw_reuse", "1"),
            requires: "requires = [\"net.ipv4.tcp_timestamps != 0\"]")
        defer { Temporary.remove(String(path.dropLast("/own.toml".count))) }
        try Scene.run("settings", ["--set", "net.ipv4.tcp_timestamps=0"]) { scene in
            let outcome = try scene.run([Program.tcptune, "plan", path])
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains("net.ipv4.tcp_timestamps != 0; it is 0 here"))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `that was saved says what has moved since`() throws {
        let path = try Self.profile(Self.setting("net.ipv4.tcp_tw_reuse", "1"))
        defer { Temporary.remove(String(path.dropLast("/own.toml".count))) }
        let saved = path.replacing("own.toml", with: "plan.json")
        try Scene.run("settings") { scene in
            let first = try scene.run([Program.tcptune, "plan", path, "-o", saved])
            #expect(first.status == 1 && first.output.isEmpty, "\(first.errors)")
            let same = try Output(scene.run([Program.tcptune, "plan", saved, "--json"]))
            #expect(same.format == "tcptune.plan/1")
            #expect(!same.data.remarks.contains { $0.contains("changed after this plan") })
            _ = try scene.run(["sh", "-c", "echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse"])
            let later = try Output(scene.run([Program.tcptune, "plan", saved, "--json"]))
            #expect(later.data.changes.map(\.before) == ["2"])
            #expect(later.data.remarks.contains { $0.contains("it was '2', and is '0'") })
        }
    }

    @Test(
        arguments: [
            (#""format" : "tcptune.plan/1""#, #""format" : "tcptune.plan/2""#, "newer tcptune"),
            (#""format" : "tcptune.plan/1""#, #""format" : "tcptune.audit/1""#, "its format is"),
            ("net.ipv4.tcp_tw_reuse", "kernel.core_pattern", "does not know the setting"),
            ("net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_fastopen_key", "never changes"),
            (#""wanted" : "1""#, #""wanted" : "01""#, "is not a value of"),
            (#""wanted" : "1""#, #""wanted" : "7""#, "accepts 0 to 2"),
            (#""wanted" : "1""#, #""wanted" : 1"#, "has the wrong type"),
            (#""scope" : "namespace""#, #""scope" : "host""#, "does not have the scope"),
            (#""remarks""#, #""remark""#, "has no `remarks`"), ("{", "", "not a plan"),
        ])
    func `that was damaged is refused`(was: String, becomes: String, why: String) throws {
        let path = try Self.profile(Self.setting("net.ipv4.tcp_tw_reuse", "1"))
        defer { Temporary.remove(String(path.dropLast("/own.toml".count))) }
        let saved = path.replacing("own.toml", with: "plan.json")
        try Scene.run("settings") { scene in
            _ = try scene.run([Program.tcptune, "plan", path, "-o", saved])
            let text = try Temporary.content(of: saved)
            try #require(text.contains(was))
            try Temporary.write(text.replacing(was, with: becomes), to: saved)
            let outcome = try scene.run([Program.tcptune, "plan", saved])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains(why), "\(outcome.errors)")
        }
    }

    @Test(arguments: [
        "fin-wait-relief", "kernel-defaults", "many-idle-connections", "nat-gateway",
        "outbound-reuse", "reverse-proxy", "web-server",
    ])
    func `can be made of every profile that is shipped`(name: String) throws {
        try Scene.run("settings", ["--listen", "8080"]) { scene in
            let outcome = try scene.run([Program.tcptune, "plan", name])
            #expect(outcome.status <= 1, "\(outcome.errors)")
            #expect(outcome.output.contains("\(name): plan"))
            let output = try Output(scene.run([Program.tcptune, "plan", name, "--json"]))
            if Scene.isRoot {
                // All that a namespace can be given has been tried in one.
                #expect(
                    output.data.changes.allSatisfy {
                        $0.reversible == ($0.scope == "namespace" ? "proven" : "declared")
                    })
            }
        }
    }

    @Test func `asks for one namespace, and one profile`() throws {
        let none = try Program.run([Program.tcptune, "plan"])
        #expect(none.status == 64)
        let unknown = try Program.run([Program.tcptune, "plan", "outbound-reus"])
        #expect(unknown.status == 66)
        #expect(unknown.errors.contains("outbound-reuse"))
        let all = try Program.run([Program.tcptune, "plan", "outbound-reuse", "--netns", "all"])
        // Where there is no other namespace, all of them are one.
        #expect(all.status == 66 || all.status <= 1 && all.errors.isEmpty)
    }
}
