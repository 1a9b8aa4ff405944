import FoundationEssentials
import Glibc
import Testing

/// What the built agent tells of real trouble, and whom.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `Alerts of the agent` {
    /// A receiver of datagrams where journald has its socket, in the mounts of the scene alone.
    private static let journal = """
        mount -t tmpfs none /run && mkdir -p /run/systemd/journal && exec python3 -c '
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind("/run/systemd/journal/socket")
        while True:
            entry = s.recv(1 << 20)
            with open(sys.argv[1], "ab", buffering=0) as f: f.write(entry.hex().encode() + b"\\n")
        ' "$0"
        """

    /// The value of a series of `tcptune_alerts_`; 0 where it is not there.
    private static func value(_ series: String, in page: String) -> Int {
        let start = "tcptune_alerts_\(series) "
        return page.split(separator: "\n").first { $0.hasPrefix(start) }
            .flatMap { Int($0.dropFirst(start.count)) } ?? 0
    }

    private static func bytes(_ digits: Substring) -> [UInt8] {
        let digits = Array(digits)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
    }

    /// The fields of an entry, whose values may have several lines.
    private static func fields(_ entry: [UInt8]) throws -> [String: String] {
        var fields: [String: String] = [:]
        var rest = entry[...]
        while let end = rest.firstIndex(where: { $0 == 0x3D || $0 == 0x0A }) {
            let name = String(decoding: rest[..<end], as: UTF8.self)
            let isLong = rest[end] == 0x0A
            rest = rest[(end + 1)...]
            var length = rest.firstIndex(of: 0x0A).map { $0 - rest.startIndex } ?? rest.count
            if isLong {
                length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(8)
            }
            fields[name] = String(decoding: rest.prefix(length), as: UTF8.self)
            rest = rest.dropFirst(length + 1)
        }
        return fields
    }

    private static func content(of path: String, until isEnough: (String) -> Bool) throws -> String
    {
        var text = ""
        for _ in 0..<1200 where !isEnough(text) {
            usleep(50_000)
            text = (try? Temporary.content(of: path)) ?? ""
        }
        return text
    }

    @Test func `go to the journal and to a program, in their documented forms`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let program = "\(directory)/page"
        try Temporary.write(
            "#!/bin/sh\ncat >> \"$1/told\"\ndate +%s.%N >> \"$1/times\"\n", to: program)
        chmod(program, 0o755)
        let configuration = try Temporary.file(
            "[metrics]\ntextfile = \"\(directory)/a.prom\"\n[alerts]\ncommand = [\"\(program)\", \"\(directory)\"]\n"
        )
        defer { unlink(configuration) }
        try Scene.run("ports", ["--fill", "0.98"]) { scene in
            let entries = "\(directory)/entries"
            let journal = try scene.program(["sh", "-c", Self.journal, entries])
            defer {
                kill(journal.pid, SIGKILL)
                _ = try? journal.outcome()
            }
            // Its socket is there before the agent looks for it.
            for _ in 0..<200
            where try scene.run(["test", "-S", "/run/systemd/journal/socket"]).status != 0 {
                usleep(50_000)
            }
            let agent = try scene.program([
                Program.agent, "--config", configuration, "--budget", "20%",
            ])
            let told = try Self.content(of: "\(directory)/told") { $0.contains("ports-exhausting") }
            let line = try #require(
                told.split(separator: "\n").first { $0.contains("ports-exhausting") })
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: String(line), as: "alert") == nil, "\(line)")
            }
            let source = try #require(scene.facts.source)
            let destination = try #require(scene.facts.destination)
            let subject = "\(source) → \(destination):5432"
            for part in [
                "\"kind\":\"raised\"", "\"severity\":\"critical\"", "\"status\":\"firing\"",
                "\"subject\":\"\(subject)\"",
            ] { #expect(line.contains(part), "\(line)") }
            let wanted = "TCPTUNE_RULE=ports-exhausting".utf8.map { String($0, radix: 16) }.joined()
            let raw = try Self.content(of: entries) { $0.contains(wanted) && $0.hasSuffix("\n") }
            let all = try raw.split(separator: "\n").map { try Self.fields(Self.bytes($0)) }
            let entry = try #require(
                all.first { $0["TCPTUNE_RULE"] == "ports-exhausting" }, "\(raw)")
            #expect(entry["TCPTUNE_SUBJECT"] == subject && entry["PRIORITY"] == "2")
            #expect(entry["MESSAGE_ID"] == "5d9c7a4ee1f34c0fb0a1c2a5f1d48e37")
            #expect(entry["MESSAGE"]?.hasPrefix("CRITICAL ports-exhausting \(subject): ") == true)
            #expect(entry["SYSLOG_IDENTIFIER"] == "tcptune-agent")
            let page = try Self.content(of: "\(directory)/a.prom") {
                $0.contains("tcptune_alerts_sent_total{receiver=\"command\"} ")
                    && !$0.contains("tcptune_alerts_sent_total{receiver=\"command\"} 0")
            }
            #expect(page.contains("tcptune_alerts{severity=\"critical\"} 1"), "\(page)")
            #expect(page.contains("tcptune_alerts_failed_total{receiver=\"journal\"} 0"))
            kill(agent.pid, SIGTERM)
            #expect(try agent.outcome(within: 60).status == 0)
        }
    }

    @Test
    func
        `go to standard error where there is no journal, and what a program refuses is tried again`()
        throws
    {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Temporary.file(
            "[metrics]\ntextfile = \"\(directory)/a.prom\"\n[alerts]\ncommand = [\"/bin/false\"]\n")
        defer { unlink(configuration) }
        try Scene.run("ports", ["--fill", "0.98"]) { scene in
            #expect(try scene.run(["mount", "-t", "tmpfs", "none", "/run"]).status == 0)
            let agent = try scene.program([
                Program.agent, "--config", configuration, "--budget", "20%",
            ])
            let page = try Self.content(of: "\(directory)/a.prom") {
                Self.value("failed_total{receiver=\"command\"}", in: $0) >= 2
            }
            #expect(Self.value("sent_total{receiver=\"journal\"}", in: page) >= 1, "\(page)")
            #expect(Self.value("sent_total{receiver=\"command\"}", in: page) == 0)
            kill(agent.pid, SIGTERM)
            let outcome = try agent.outcome(within: 60)
            #expect(outcome.errors.contains("tcptune-agent: CRITICAL ports-exhausting "))
            #expect(
                outcome.errors.contains("could not be delivered: /bin/false ended with status 1"))
            // It is said once, not at each try.
            #expect(outcome.errors.split(separator: "\n").count { $0.contains("/bin/false") } == 1)
        }
    }
}

/// The rules that are shipped, by Prometheus' own program.
@Suite(.enabled(if: hasPromtool, "needs promtool, of Debian's package prometheus"))
struct `The rules for Prometheus` {
    @Test func `are accepted by it`() throws {
        let outcome = try Program.run([
            "promtool", "check", "rules", "\(Project.path)/contrib/prometheus/tcptune-rules.yml",
        ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test func `fire, are silent below, and outlive scrapes that fail`() throws {
        let outcome = try Program.run([
            "promtool", "test", "rules",
            "\(Project.path)/contrib/prometheus/tcptune-rules-test.yml",
        ])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}

private let hasPromtool = (try? Program.run(["promtool", "--version"]).status) == 0
