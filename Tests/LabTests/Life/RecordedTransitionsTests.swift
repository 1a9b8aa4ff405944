import Kernel
import Model
import Testing

@testable import Lab

extension Measured {
    /// What experiments saw, against the RFC's figure.
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The states that experiments record` {
        static let names = Experiment.onWire.map(\.name)

        /// Side by side: they wait more than they work.
        @Test func `come one from another as the RFC and Linux have it`() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in Self.names { group.addTask { try await check(name) } }
                try await group.waitForAll()
            }
        }

        private func check(_ name: String) async throws {
            let experiment = try #require(Experiment.all.first { $0.name == name })
            let thread = try SystemThread.start { () throws(Refusal) in
                try ExperimentRun(experiment, runs: 1).run()
            }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
            let result = try thread.outcome()
            guard result.unavailable == nil else { return }
            var count = 0
            for arm in result.arms {
                for exchange in arm.trials.filter({ $0.void == nil }).compactMap(\.exchange) {
                    for change in exchange.changes {
                        count += 1
                        // CLOSE_WAIT may last microseconds, and nothing of it is on the wire: a look may miss it.
                        let isLeap = change.from == .established && change.to == .lastAck
                        #expect(
                            change.transition != nil || isLeap,
                            "\(name), \(arm.name): \(exchange.actors[change.actor].name) \(change.from.name) → \(change.to.name)"
                        )
                    }
                }
            }
            #expect(count > 0 || result.arms.allSatisfy { $0.trials.allSatisfy { $0.void != nil } })
        }
    }
}
