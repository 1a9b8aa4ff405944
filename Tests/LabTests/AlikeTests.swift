import Glibc
import Kernel
import Model
import Statistics
import Testing

@testable import Lab

extension Measured {
    /// Two arms that are the same (A/A) are called different in no more than one comparison of twenty.
    @Suite struct `Arms that are alike` {
        private static let measures = [Measure("x", "x", .count)]
        private static let claim = Claim("more", .more(arm: "b", than: "a", measure: "x"))

        /// True where the claim, or its opposite, is said to be beyond chance.
        private func isDifferent(_ first: [Double], _ second: [Double], seed: UInt64) -> Bool {
            let result = Self.claim.judged(measures: Self.measures, seed: seed) { arm, _ in
                Sample(arm == "a" ? first : second)
            }
            return result.verdict == .proven || (result.p ?? 1) < Comparison.significance
        }

        @Test func `are called different in 200 simulated experiments as often as chance may`() {
            var generator = SeededGenerator(seed: 11)
            var different = 0
            for round in 0..<200 {
                // Like times: never below something, and now and then far above it.
                let draw = {
                    (0..<5).map { _ in
                        100 - 20 * log(1 - Double.random(in: 0..<1, using: &generator))
                    }
                }
                if isDifferent(draw(), draw(), seed: UInt64(round)) { different += 1 }
            }
            // 5 % of 200, and the three standard deviations by which 200 draws may stray: 9.2.
            #expect(different <= 19, "\(different) of 200")
        }

        @Test(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
        func `are called different in 20 real experiments as often as chance may`() throws {
            let measures = ["connect_seconds", "close_seconds", "wall_seconds"]
            let experiment = Experiment(
                named: "alike", question: "Are they?", claim: "No.", source: [],
                arms: [Arm("a", .baseline), Arm("b", .variant)],
                measures: measures.map { Measure($0, $0, .seconds) },
                claims: measures.map { Claim($0, .more(arm: "b", than: "a", measure: $0)) },
                trial: { (arm, _) throws(Refusal) in
                    try BothEnds.run(arm, ground: []) { ends in Self.fewConnections(ends) }
                })
            var different: [String: Int] = [:]
            for round in 0..<20 {
                let result = try ExperimentRun(experiment, runs: 5, seed: UInt64(round)).run()
                for claim in result.claims {
                    #expect(claim.p != nil, "\(claim.evidence)")
                    if claim.p ?? 1 < Comparison.significance {
                        different[claim.text, default: 0] += 1
                    }
                }
            }
            // With five runs the test errs in 3.2 % at most; that more than 4 of 20 do so happens once in 2000 such tests.
            for measure in measures { #expect(different[measure] ?? 0 <= 4, "\(different)") }
        }

        /// What thirty connections take, of the processor and by the clock.
        private static func fewConnections(_ ends: BothEnds) -> Trial {
            var connects: Int64 = 0
            let (start, usedBefore) = (LoadClock.now, LoadClock.usedByThread)
            for _ in 0..<30 {
                guard case .open(let connection) = ends.connect() else { continue }
                connects += connection.connectNanoseconds
                ends.close(connection, first: .client)
            }
            let used = LoadClock.usedByThread - usedBefore
            return Trial(values: [
                "connect_seconds": Double(connects) / 1e9,
                "close_seconds": Double(used - connects) / 1e9,
                "wall_seconds": Double(LoadClock.now - start) / 1e9,
            ])
        }
    }
}
