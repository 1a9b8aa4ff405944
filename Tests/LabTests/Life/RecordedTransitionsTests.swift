import HostState
import Testing

@testable import Lab

extension Measured {
    /// What experiments saw, against the RFC's figure.
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The states that experiments record` {
        /// Those that watch a wire.
        private static let watching = [
            "handshake", "teardown", "last-ack-lost", "old-duplicates", "timewait-restart",
            "syn-over-timewait",
        ]

        static let names = Experiment.all.map(\.name).filter(watching.contains)

        private static func isTwoSteps(_ change: Exchange.Change) -> Bool {
            TCPState.allCases.contains { between in
                TCPTransition.between(change.from, between) != nil
                    && TCPTransition.between(between, change.to) != nil
            }
        }

        @Test(arguments: names) func `come one from another as the RFC and Linux have it`(
            name: String
        ) async throws {
            let experiment = try #require(Experiment.all.first { $0.name == name })
            let thread = try LabThread.start { () throws(LabError) in
                try ExperimentRun(experiment, runs: 1).run()
            }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
            let result = try thread.join()
            guard result.unavailable == nil else { return }
            var count = 0
            var leaps = 0
            for arm in result.arms {
                for exchange in arm.trials.filter({ $0.void == nil }).compactMap(\.exchange) {
                    for change in exchange.changes {
                        count += 1
                        // A state that is left at once may be missed by a look: of CLOSE_WAIT nothing is on the wire.
                        let isLeap = change.transition == nil
                        if isLeap { leaps += 1 }
                        #expect(
                            !isLeap || Self.isTwoSteps(change),
                            "\(arm.name): \(exchange.actors[change.actor].name) \(change.from.name) → \(change.to.name)"
                        )
                    }
                }
            }
            #expect(leaps * 10 <= count, "\(leaps) of \(count)")
            #expect(count > 0 || result.arms.allSatisfy { $0.trials.allSatisfy { $0.void != nil } })
        }
    }
}
