import FoundationEssentials
import Testing

extension Measured {
    /// The shipped experiments about ports and closing, as they are typed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A shipped experiment` {
        private struct Output: Decodable {
            let data: Facts
            struct Facts: Decodable { let experiments: [Experiment] }
            struct Experiment: Decodable {
                let name: String
                let verdict: String
                let arms: [Arm]
                let claims: [Claim]
                let tried: Tried?
            }
            struct Tried: Decodable {
                let question: String
                let answer: String
                let sentence: String
            }
            struct Arm: Decodable {
                let name: String
                let trials: [Trial]
            }
            struct Trial: Decodable {
                let series: [String: [Double]]
                let curves: [String: [Double]]
            }
            struct Claim: Decodable {
                let text: String
                let verdict: String
            }
        }

        private func run(
            _ words: [String], asAnotherUser: Bool = false, status: Int32
        ) throws -> [Output.Experiment] {
            let program =
                asAnotherUser ? AnotherUser.words + [AnotherUser.tcptune] : [Program.tcptune]
            let outcome = try Program.run(
                program + ["lab", "run", "--json", "--runs", "4"] + words)
            #expect(outcome.status == status, "\(outcome.errors)\(outcome.output.prefix(3000))")
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: outcome.output, as: "lab") == nil)
            }
            return try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
                .experiments
        }

        @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
        func `needs no root`() throws {
            let names = ["port-reuse", "bind-before-connect", "who-closes", "timewait-cap"]
            let experiments = try run(names, asAnotherUser: true, status: 0)
            #expect(Set(experiments.map(\.name)) == Set(names))
            #expect(experiments.allSatisfy { $0.verdict == "proven" })
        }

        @Test func `shows when the ports ran out`() throws {
            let experiment = try #require(try run(["port-exhaustion"], status: 0).first)
            let trial = try #require(experiment.arms.first?.trials.first)
            #expect(Set(trial.series.values.map(\.count)).count == 1)
            #expect(trial.series["connects"]?.reduce(0, +) == 600)
            #expect(trial.series["client_TIME_WAIT"]?.max() == 600)
            let errors = try #require(trial.series["errors_EADDRNOTAVAIL"])
            #expect(errors.reduce(0, +) == 700)
            // Not before there was a connection for each port.
            let first = try #require(errors.firstIndex { $0 > 0 })
            #expect(trial.series["connects"]?.prefix(first + 1).reduce(0, +) == 600)
        }

        @Test func `says no to tcp_fin_timeout for ports that ran out, and keeps its law`() throws {
            let experiment = try #require(
                try run(["port-exhaustion", "--set", "tcp_fin_timeout=5"], status: 1).first)
            #expect(experiment.verdict == "proven")
            #expect(experiment.claims.allSatisfy { $0.verdict == "proven" })
            let tried = try #require(experiment.tried)
            #expect(tried.answer == "no")
            #expect(
                tried.question
                    == "Does tcp_fin_timeout = 5 stop connect() from failing with EADDRNOTAVAIL?")
            #expect(tried.sentence.contains("700 of 1300 connections fail"))
        }

        /// The same answer on every kind of page.
        @Test(arguments: ["text", "markdown", "html"])
        func `has the answer at its head, not the law`(form: String) throws {
            let outcome = try Program.run(
                [
                    Program.tcptune, "lab", "run", "port-reuse", "--set", "tcp_tw_reuse=2",
                    "--runs", "4", "--format", form,
                ], within: 60)
            #expect(outcome.status == 1, "\(outcome.errors)")
            let page = outcome.output.replacing(/<[^>]*>/, with: " ").replacing("\\", with: "")
                .split { $0.isWhitespace }.joined(separator: " ")
            let answer = try #require(
                page.firstRange(
                    of:
                        "tcp_tw_reuse = 2 does not let connect() reuse TIME_WAIT ports after one second"
                ))
            let law = try #require(
                page.firstRange(of: "tcp_tw_reuse = 1 allows it after one second"))
            #expect(answer.lowerBound < law.lowerBound)
            #expect(!page.lowercased().contains("refuted: tcp_tw_reuse = 1 allows it"))
        }

        @Test func `refuses at once what the kernel refuses`() throws {
            let outcome = try Program.run([
                Program.tcptune, "lab", "run", "fin-timeout", "--set", "tcp_tw_reuse=7",
            ])
            #expect(outcome.status == 64)
            #expect(outcome.seconds < 10)
            #expect(outcome.errors.contains("net.ipv4.tcp_tw_reuse"), "\(outcome.errors)")
        }

        @Test func `runs the arm that is named, alone`() throws {
            let experiment = try #require(
                try run(["handshake", "--arm", "late SYN"], status: 0).first)
            #expect(experiment.arms.map(\.name) == ["late SYN"])
            #expect(!experiment.claims.isEmpty)
            let outcome = try Program.run([
                Program.tcptune, "lab", "run", "handshake", "--arm", "late SYM",
            ])
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("did you mean late SYN"), "\(outcome.errors)")
        }
    }
}
