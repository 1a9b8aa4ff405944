import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// `tcptune load` as it is typed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A load` {
        private struct Output: Decodable {
            let format: String
            let data: Facts

            struct Facts: Decodable {
                let attempted: Int
                let completed: Int
                let errors: [String: Int]
                let states: [String: [String: Int]]
                let void: String?
                let interrupted: Bool
                let statuses: [String: Int]
            }
        }

        private func load(_ words: [String], status: Int32 = 0) throws -> Output.Facts {
            let outcome = try Program.run([Program.tcptune, "load", "--json"] + words)
            #expect(outcome.status == status, "\(outcome.errors)")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.load/1")
            return output.data
        }

        @Test func `of so many requests answers them, and shows where TIME_WAIT is`() throws {
            let data = try load(["--count", "200"])
            #expect(data.completed == 200 && data.attempted == 200 && data.errors.isEmpty)
            #expect(data.states["client"] == ["TIME_WAIT": 200])
            #expect(data.void == nil && !data.interrupted)
        }

        @Test func `without descriptors is void, and says so`() throws {
            let outcome = try Program.run([
                "/bin/sh", "-c",
                "ulimit -n 64; exec \(Program.tcptune) load --json --connections 3000 --close never --for 1s",
            ])
            #expect(outcome.status == 3)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.errors["EMFILE"] ?? 0 > 0)
            #expect(data.void?.contains("descriptors") == true)
        }

        @Test func `has more connections than one table of descriptors`() throws {
            let outcome = try Program.run([
                "/bin/sh", "-c",
                "ulimit -n 200; exec \(Program.tcptune) load --json --connections 1000 --close never --for 1s",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.completed == 1000 && data.errors.isEmpty)
            #expect(data.states["client"] == ["ESTABLISHED": 1000])
            #expect(data.states["server"]?["ESTABLISHED"] == 1000)
        }

        @Test(.enabled(if: JSONSchema.hasValidator, Comment(rawValue: JSONSchema.reason)))
        func `is what the schema says`() throws {
            for words in [
                ["--count", "50"], ["--rate", "100/s", "--for", "300ms"], ["--link", "loopback"],
                ["--source-ports", "64"], ["--count", "5", "--linger", "1s", "--fast-open"],
            ] {
                let outcome = try Program.run(
                    [Program.tcptune, "load", "--json", "--for", "300ms"] + words)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try JSONSchema.objection(to: outcome.output, as: "load") == nil, "\(words)")
            }
        }

        @Test func `cut short by a signal keeps what it counted, and is marked`() throws {
            let program = try Program([Program.tcptune, "load", "--json", "--for", "20s"])
            usleep(700_000)
            kill(program.pid, SIGINT)
            let outcome = try program.outcome()
            #expect(outcome.status == 130 && outcome.seconds < 10)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.interrupted && data.completed > 0)
        }

        private static let refused: [(words: [String], status: Int32)] = [
            (["--to", "192.0.2.1:80"], 78), (["--to", "localhost:80"], 64),
            (["--connections", "0"], 64), (["--source-ports", "4"], 64), (["--no-port"], 64),
            (["--set", "net.ipv4.no_such_key=1"], 2),
            (["--to", "127.0.0.1:80", "--set", "a.b=1"], 64),
            (["--to", "127.0.0.1:80", "--link", "loopback"], 64), (["--threads", "0"], 64),
            (["--linger", "1500ms"], 64), (["--linger", "1s", "--close", "reset"], 64),
            (["--bind-ports", "9-1"], 64), (["--bind-ports", "1-9", "--bind-first"], 64),
        ]

        @Test func `that cannot be is refused`() throws {
            for (words, status) in Self.refused {
                let outcome = try Program.run([Program.tcptune, "load"] + words)
                #expect(outcome.status == status, "\(words): \(outcome.errors)")
                #expect(!outcome.errors.isEmpty)
            }
        }
    }
}
