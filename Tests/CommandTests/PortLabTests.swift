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
            _ words: [String], as user: [String] = [], status: Int32
        ) throws -> [Output.Experiment] {
            let outcome = try Program.run(
                user + [Program.tcptune, "lab", "run", "--json", "--runs", "4"] + words,
                within: 120)
            #expect(outcome.status == status, "\(outcome.errors)\(outcome.output.prefix(3000))")
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: outcome.output, as: "lab") == nil)
            }
            return try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
                .experiments
        }

        @Test(.enabled(if: Scene.isRoot, "becomes another user"))
        func `needs no root`() throws {
            let names = ["port-reuse", "bind-before-connect", "who-closes", "timewait-cap"]
            let experiments = try run(
                names, as: ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"],
                status: 0)
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

        @Test func `refutes tcp_fin_timeout as a remedy for ports that ran out`() throws {
            let experiment = try #require(
                try run(["port-exhaustion", "--set", "net.ipv4.tcp_fin_timeout=5"], status: 1).first
            )
            #expect(experiment.verdict == "refuted")
            #expect(
                experiment.claims.filter { $0.verdict != "proven" }.map(\.text)
                    == ["with tcp_fin_timeout = 5 none fails"])
        }
    }
}
