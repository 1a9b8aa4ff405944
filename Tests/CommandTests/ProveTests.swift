import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// `tcptune prove` as it is typed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A proof` {
        private struct Output: Decodable {
            let format: String
            let data: Facts

            struct Facts: Decodable {
                let verdict: String
                let sentence: String
                let metrics: [Metric]
                let settings: [Value]
                let carried: [Value]
                let notShown: [Value]
                let arms: [Arm]
                let workload: Workload
                let interrupted: Bool
                let attribution: Attribution?

                enum CodingKeys: String, CodingKey {
                    case verdict, sentence, metrics, settings, carried, arms, workload, interrupted
                    case attribution
                    case notShown = "not_shown"
                }
            }

            struct Metric: Decodable {
                let name: String
                let before: Double
                let after: Double
                let verdict: String
            }

            struct Value: Decodable {
                let key: String
            }

            struct Workload: Decodable {
                let name: String
                let text: String
                let assumed: [String]
            }

            struct Arm: Decodable {
                let name: String
                let trials: [Trial]
            }

            struct Trial: Decodable {
                let values: [String: Double]
            }

            struct Attribution: Decodable {
                let lines: [Line]
            }

            struct Line: Decodable {
                let keys: [String]
                let effect: String
            }
        }

        private func prove(
            _ words: [String], status: Int32, asAnotherUser: Bool = false
        ) throws -> (Output.Facts, json: String) {
            let program =
                asAnotherUser ? AnotherUser.words + [AnotherUser.tcptune] : [Program.tcptune]
            let outcome = try Program.run(program + ["prove", "--json"] + words)
            #expect(outcome.status == status, "\(outcome.errors)")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.prove/1")
            return (output.data, outcome.output)
        }

        private func profile(_ name: String, _ settings: [String: String]) throws -> String {
            let lines = settings.sorted { $0.key < $1.key }.map {
                "[[setting]]\nkey = \"\($0.key)\"\nvalue = \($0.value)\nwhy = \"a test\"\n"
            }
            let path = "/tmp/tcptune-prove-\(getpid())-\(name).toml"
            try Data(
                ("[profile]\nname = \"\(name)\"\nsummary = \"a test\"\n\n" + lines.joined()).utf8
            ).write(to: URL(filePath: path))
            chmod(path, 0o644)
            return path
        }

        @Test func `of outbound-reuse shows that it helps, and holds to its schema`() throws {
            let (data, json) = try prove(["outbound-reuse", "--for", "2s"], status: 0)
            #expect(data.verdict == "helps", "\(data.sentence)")
            #expect(data.workload.name == "outbound-client")
            let errors = try #require(data.metrics.first { $0.name == "errors_EADDRNOTAVAIL" })
            #expect(errors.before > 200 && errors.after == 0 && errors.verdict == "better")
            let rate = try #require(data.metrics.first { $0.name == "rate_per_second" })
            #expect(rate.after > rate.before * 1.3)
            #expect(data.arms.map(\.name) == ["now", "outbound-reuse"])
            #expect(data.arms.allSatisfy { $0.trials.count == 6 })
            // This machine's own settings, in the twin.
            #expect(data.carried.count > 50)
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: json, as: "prove") == nil)
            }
        }

        @Test func `of a lower tcp_fin_timeout says that it frees no port`() throws {
            let (data, _) = try prove(
                ["fin-wait-relief", "--workload", "outbound-client", "--for", "2s"], status: 0)
            #expect(data.verdict == "no_effect", "\(data.sentence)")
            #expect(data.sentence.hasPrefix("fin-wait-relief does not help outbound-client"))
            #expect(data.metrics.first.map { $0.before > 200 && $0.after > 200 } == true)
        }

        @Test func `of what has one value for the host says that it shows nothing`() throws {
            let path = try profile("global", ["fs.nr_open": "2097152"])
            defer { unlink(path) }
            // In a container it cannot be had at all; on a host, not be tried.
            let (data, json) = try prove([path], status: 3)
            #expect(data.verdict == "nothing_tried" && data.notShown.map(\.key) == ["fs.nr_open"])
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: json, as: "prove") == nil)
            }
        }

        @Test func `cut short by a signal keeps what it measured, and is marked`() throws {
            // The arms that test the scaling law come first, and take longer on a slow machine.
            let keepsSome = try [12, 40, 120].contains { (seconds: UInt32) in
                let program = try Program([
                    Program.tcptune, "prove", "--json", "outbound-reuse", "--for", "2s", "--runs",
                    "1000",
                ])
                sleep(seconds)
                kill(program.pid, SIGINT)
                let outcome = try program.outcome()
                #expect(outcome.status == 130 && outcome.errors.isEmpty)
                let output = try JSONDecoder().decode(
                    Output.self, from: Data(outcome.output.utf8))
                #expect(output.data.interrupted)
                return output.data.arms.contains { !$0.trials.isEmpty }
            }
            #expect(keepsSome)
        }

        @Test func `goes to a file in the form that its name says`() throws {
            let path = "/tmp/tcptune-prove-\(getpid()).html"
            defer { unlink(path) }
            let outcome = try Program.run([
                Program.tcptune, "prove", "outbound-reuse", "--for", "2s", "--runs", "1", "-o",
                path,
            ])
            #expect(outcome.status == 3 && outcome.output.isEmpty, "\(outcome.errors)")
            let page = try Temporary.content(of: path)
            #expect(page.hasPrefix("<!") && page.contains("Every run"))
        }

        @Test func `under a measured load rests on a snapshot`() throws {
            try Scene.run("churn") { scene in
                let path = "/tmp/tcptune-prove-\(getpid())-snapshot.json"
                defer { unlink(path) }
                let saved = try scene.run([
                    Program.tcptune, "audit", "--interval", "2s", "--save", path, "--fail-on",
                    "never",
                ])
                #expect(saved.status == 0, "\(saved.errors)")
                let (data, _) = try prove(
                    [
                        "fin-wait-relief", "--workload", "measured", "--from", path, "--runs", "1",
                        "--for", "2s",
                    ], status: 3)
                #expect(data.workload.text.contains("measured from two snapshots"))
                #expect(data.workload.assumed.count >= 3)
            }
        }

        private static let anotherUserMayProve =
            AnotherUser.isPossible
            && (try? Program.run(AnotherUser.words + ["unshare", "-rn", "true"]).status) == 0

        @Test func `of fewer ports fails a script, and needs no root`() throws {
            let path = try profile("narrow", ["net.ipv4.ip_local_port_range": "[40000, 50000]"])
            defer { unlink(path) }
            let (data, _) = try prove(
                [path, "--for", "2s"], status: 1, asAnotherUser: Self.anotherUserMayProve)
            #expect(data.verdict == "hurts", "\(data.sentence)")
        }

        private static let refused: [(words: [String], status: Int32)] = [
            (["no-such-profile"], 66), (["outbound-reuse", "--workload", "sleep"], 64),
            (["outbound-reuse", "--runs", "0"], 64), (["outbound-reuse", "--from", "x"], 64),
            (["outbound-reuse", "--workload", "slow-accept", "--for", "2s"], 64),
            (["outbound-reuse", "--workload", "measured", "--from", "/no/such/file"], 66),
            (["outbound-reuse", "--for", "1ms"], 64), (["outbound-reuse", "--for", "1s"], 64),
            ([], 64),
        ]

        @Test func `that cannot be is refused`() throws {
            for (words, status) in Self.refused {
                let outcome = try Program.run([Program.tcptune, "prove"] + words)
                #expect(outcome.status == status, "\(words): \(outcome.errors)")
                #expect(!outcome.errors.isEmpty)
            }
        }
    }
}
