import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// `tcptune lab` as it is typed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `The lab` {
        private struct Output: Decodable {
            let format: String
            let data: Facts

            struct Facts: Decodable { let experiments: [Experiment] }

            struct Experiment: Decodable {
                let name: String
                let verdict: String
                let arms: [Arm]
                let interrupted: Bool
                let claims: [Claim]
            }

            struct Claim: Decodable { let verdict: String }

            struct Arm: Decodable {
                let name: String
                let settings: [String: String]
                let trials: [Trial]
            }

            struct Trial: Decodable { let values: [String: Double] }
        }

        /// Four hundred ports, half of them for the second arm.
        private static let own = """
            [experiment]
            name = "half"
            question = "Are half the ports half the connections?"

            [workload]
            count = 420
            connections = 2
            close = "client"

            [[arm]]
            name = "400 ports"
            [arm.settings]
            net.ipv4.ip_local_port_range = [20000, 20399]
            net.ipv4.tcp_tw_reuse = 0

            [[arm]]
            name = "200 ports"
            [arm.settings]
            net.ipv4.ip_local_port_range = "20000 20199"
            net.ipv4.tcp_tw_reuse = 0

            [[claim]]
            measure = "completed"
            arm = "200 ports"
            than = "400 ports"
            between = [0.5, 0.5]

            """

        private func run(_ words: [String], status: Int32) throws -> Output.Facts {
            let outcome = try Program.run([Program.tcptune, "lab"] + words)
            #expect(outcome.status == status, "\(outcome.errors)\(outcome.output.prefix(2000))")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.lab/1")
            return output.data
        }

        private func run(file text: String, status: Int32) throws -> Output.Facts {
            let file = try Temporary.file(text)
            defer { unlink(file) }
            return try run(["run", "--json", "--runs", "4", "--file", file], status: status)
        }

        @Test func `proves an experiment of one's own, and its document keeps the schema`() throws {
            let file = try Temporary.file(Self.own)
            defer { unlink(file) }
            let outcome = try Program.run([
                Program.tcptune, "lab", "run", "--json", "--runs", "4", "--file", file,
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.isEmpty)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            let experiment = try #require(data.experiments.first)
            #expect(experiment.verdict == "proven")
            #expect(experiment.arms.map(\.name) == ["400 ports", "200 ports"])
            #expect(
                experiment.arms.map { $0.trials.map { $0.values["completed"] } } == [
                    [400, 400, 400, 400], [200, 200, 200, 200],
                ])
            #expect(experiment.arms.last?.settings["net.ipv4.ip_local_port_range"] == "20000 20199")
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: outcome.output, as: "lab") == nil)
            }
        }

        @Test func `refutes a claim that is wrong`() throws {
            let wrong = Self.own.replacing("between = [0.5, 0.5]", with: "is = \"more\"")
            #expect(try run(file: wrong, status: 1).experiments.map(\.verdict) == ["refuted"])
        }

        @Test func `takes for 0 what did not occur`() throws {
            let more = ["errors_EPIPE", "server_CLOSING", "client_TcpExt.TCPAbortOnMemory"].map {
                "\n[[claim]]\nmeasure = \"\($0)\"\narm = \"200 ports\"\nat_most = 0\n"
            }
            let data = try run(file: Self.own + more.joined(), status: 0)
            #expect(data.experiments.map(\.verdict) == ["proven"])
        }

        @Test func `proves nothing by too few runs`() throws {
            let file = try Temporary.file(Self.own)
            defer { unlink(file) }
            let data = try run(["run", "--json", "--runs", "3", "--file", file], status: 3)
            #expect(data.experiments.map(\.verdict) == ["inconclusive"])
        }

        @Test func `cut short by a signal keeps what it measured, and is marked`() throws {
            let long = Self.own.replacing("count = 420", with: "for = \"2s\"")
            let file = try Temporary.file(long)
            defer { unlink(file) }
            let program = try Program([
                Program.tcptune, "lab", "run", "--json", "--runs", "500", "--file", file,
            ])
            sleep(8)
            kill(program.pid, SIGINT)
            let outcome = try program.outcome()
            #expect(outcome.status == 130 && outcome.seconds < 240)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.experiments.map(\.interrupted) == [true])
            #expect(data.experiments.first?.claims.map(\.verdict) == ["inconclusive"])
        }

        /// With what is wrong, and where.
        private static let mistakes: [(was: String, becomes: String, says: String)] = [
            (
                "close = \"client\"", "clse = \"client\"",
                ":6:1: tcptune load does not accept these options: Unknown option '--clse'"
            ),
            (
                "measure = \"completed\"", "measure = \"complete\"",
                ":23:11: unknown measure 'complete'; did you mean completed?"
            ),
            (
                "measure = \"completed\"", "measure = \"client_TIMEWAIT\"",
                "unknown measure 'client_TIMEWAIT'; did you mean client_TIME_WAIT"
            ),
            (
                "measure = \"completed\"", "measure = \"errors_EADDRNOTAVIAL\"",
                "unknown measure 'errors_EADDRNOTAVIAL'; did you mean errors_EADDRNOTAVAIL"
            ),
            (
                "measure = \"completed\"", "measure = \"client_TcpExt.TWRecycle\"",
                "unknown measure 'client_TcpExt.TWRecycle'; did you mean client_TcpExt.TWRecycled"
            ),
            ("arm = \"200 ports\"", "arm = \"2 ports\"", ":24:7: unknown arm '2 ports'"),
            (
                "between = [0.5, 0.5]", "between = [2, 1]",
                ":26:11: write between = [low, high], low first"
            ),
            (
                "net.ipv4.tcp_tw_reuse = 0", "fs.file-max = 3",
                ":14:4: fs.file-max has one value for the whole host"
            ),
            (
                "name = \"200 ports\"", "name = \"400 ports\"",
                ":17:8: two arms are named '400 ports'"
            ),
            (
                "connections = 2", "to = \"127.0.0.1:80\"",
                ":6:1: an experiment uses its own namespaces"
            ),
        ]

        @Test func `names the line of a mistake`() throws {
            for mistake in Self.mistakes {
                let range = try #require(Self.own.firstRange(of: mistake.was))
                let file = try Temporary.file(Self.own.replacingCharacters(range, mistake.becomes))
                defer { unlink(file) }
                let outcome = try Program.run([Program.tcptune, "lab", "run", "--file", file])
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains(mistake.says), "\(outcome.errors)")
            }
        }

        @Test func `that cannot be is refused`() throws {
            let refused: [(words: [String], status: Int32)] = [
                (["run"], 64), (["run", "no-such"], 64), (["run", "--file", "/nowhere"], 66),
                (["run", "port-exhaustion", "port-exhaustion"], 64),
                (["run", "port-exhaustion", "--runs", "0"], 64),
                (["run", "port-exhaustion", "--set", "net.ipv4.tcp_fin_timeout"], 64),
                (["run", "port-exhaustion", "--set", "vm.swappiness=1"], 64),
            ]
            for (words, status) in refused {
                let outcome = try Program.run([Program.tcptune, "lab"] + words)
                #expect(outcome.status == status, "\(words): \(outcome.errors)")
                #expect(!outcome.errors.isEmpty)
            }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, _ text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
