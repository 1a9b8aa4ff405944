import FoundationEssentials
import Glibc
import Testing

/// `tcptune watch` beside real sockets.
@Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
struct `A watch` {
    private struct Look: Decodable {
        struct Data: Decodable {
            struct Finding: Decodable { let rule: String }
            struct Tuple: Decodable {
                let used: Int
                let usable: Int
            }
            let look: String
            let findings: [Finding]
            let tuples: [Tuple]
            let perSecond: [String: Double]
            let coverageRatio: Double?
            let timeWait: Int?
            let usedRatio: Double?

            enum CodingKeys: String, CodingKey {
                case look, findings, tuples
                case perSecond = "per_second"
                case coverageRatio = "coverage_ratio"
                case timeWait = "time_wait"
                case usedRatio = "used_ratio"
            }
        }
        let data: Data
    }

    private static func looks(_ output: String) throws -> [Look.Data] {
        try output.split(separator: "\n").map {
            try JSONDecoder().decode(Look.self, from: Data($0.utf8)).data
        }
    }

    @Test func `shows what an audit of the same moment finds`() throws {
        try Scene.run("ports", ["--fill", "0.98"]) { scene in
            let outcome = try scene.run([
                Program.tcptune, "watch", "--json", "--interval", "500ms", "--for", "2s",
                "--budget", "50%",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let looks = try Self.looks(outcome.output)
            #expect(looks.count >= 3)
            let last = try #require(looks.last)
            #expect(last.findings.first?.rule == "ports-exhausting")
            #expect((last.tuples.first?.used ?? 0) > (last.tuples.first?.usable ?? 0) * 9 / 10)
            #expect(last.timeWait ?? 0 > 100)
            if JSONSchema.hasValidator {
                for line in outcome.output.split(separator: "\n") {
                    #expect(try JSONSchema.objection(to: String(line), as: "watch") == nil)
                }
            }
        }
    }

    @Test func `prints a line per interval where no terminal is`() throws {
        try Scene.run("healthy", []) { scene in
            let outcome = try scene.run([
                Program.tcptune, "watch", "--interval", "300ms", "--for", "1s",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect((2...5).contains(lines.count), "\(outcome.output)")
            for line in lines {
                #expect(line.contains("socket") && line.contains("TIME_WAIT"), "\(line)")
            }
        }
    }

    @Test func `ends soon after a signal, and says by which`() throws {
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
            let program = try Program([Program.tcptune, "watch", "--json", "--interval", "1h"])
            usleep(1_500_000)
            #expect(kill(program.pid, signal) == 0)
            let sent = Program.now
            let outcome = try program.outcome()
            #expect(outcome.status == 128 + signal)
            #expect(Program.now - sent < 1.5)
            #expect(outcome.output.hasPrefix("{"))
        }
    }

    @Test(arguments: [
        (["--netns", "all"], "one network namespace"), (["--netns", "nobody-made-this"], "nobody"),
        (["--interval", "5"], "interval"), (["--budget", "2"], "budget"),
        (["--budget", "200%"], "--budget takes"), (["--interval", "1ms"], "--interval takes"),
    ])
    func `refuses what it cannot watch`(words: [String], says: String) throws {
        let outcome = try Program.run([Program.tcptune, "watch", "--for", "1s"] + words)
        #expect(outcome.status != 0)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test func `says that a line could not be written`() throws {
        let outcome = try Program.run([
            "sh", "-c", "'\(Program.tcptune)' watch --for 2s > /dev/full",
        ])
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("standard output"))
    }

    @Test func `ends where nobody reads its lines any more`() throws {
        let outcome = try Program.run([
            "sh", "-c", "'\(Program.tcptune)' watch --interval 100ms --for 60s | head -1",
        ])
        #expect(outcome.status == 0)
        #expect(outcome.seconds < 20)
        #expect(outcome.output.split(separator: "\n").count == 1)
    }
}
