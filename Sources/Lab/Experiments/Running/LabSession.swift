package import Kernel

/// Several experiments in one go, one after the other; those that wait for a minute run beside them.
package final class LabSession: Sendable {
    private let experiments: [Experiment]
    private let runs: Int?
    private let seed: UInt64
    private let stop = StopSign()
    private let capture: Capture?
    private let progress: @Sendable (ExperimentRun.Progress) -> Void

    /// - Parameters:
    ///   - runs: of each arm; nil for as many as each experiment asks for.
    ///   - capture: takes what the wires of those see that have any.
    ///   - progress: told before each trial, from several threads.
    package init(
        _ experiments: [Experiment], runs: Int? = nil, seed: UInt64 = 1,
        capture: Capture? = nil,
        progress: @escaping @Sendable (ExperimentRun.Progress) -> Void = { _ in }
    ) {
        self.experiments = experiments
        self.runs = runs
        self.seed = seed
        self.capture = capture
        self.progress = progress
    }

    /// Runs them all; a signal ends it early, with what was measured so far.
    ///
    /// - Returns: the results, in the order of the experiments, and the number of the signal.
    package func run(
        signals: HeldSignals? = nil
    ) throws(LabError) -> ([ExperimentResult], Int32?) {
        try LabGround.prepare()
        let idle = experiments.indices.filter { experiments[$0].occupation == .idle }
        let others = experiments.indices.filter { experiments[$0].occupation != .idle }
        let waiters = try idle.map { (index) throws(LabError) in try begin([index]) }
        let workers = try begin(others)
        let signal: Int32?
        do throws(KernelError) { signal = try wait(for: waiters + [workers], signals) } catch {
            stop.set()
            throw LabError(error)
        }
        var results: [Int: ExperimentResult] = [:]
        for part in waiters + [workers] {
            results.merge(try part.join(), uniquingKeysWith: { $1 })
        }
        return (experiments.indices.compactMap { results[$0] }, signal)
    }

    private func begin(_ indices: [Int]) throws(LabError) -> LabThread<[Int: ExperimentResult]> {
        try LabThread.start { [self] () throws(LabError) in
            var results: [Int: ExperimentResult] = [:]
            for index in indices where !stop.isSet {
                results[index] = try ExperimentRun(
                    experiments[index], runs: runs, seed: seed, stop: stop, capture: capture
                ).run(progress: progress)
            }
            return results
        }
    }

    private func wait(
        for parts: [LabThread<[Int: ExperimentResult]>], _ signals: HeldSignals?
    ) throws(KernelError) -> Int32? {
        while !parts.allSatisfy(\.isDone) {
            guard let signals else {
                LoadClock.rest(milliseconds: 5)
                continue
            }
            _ = try Waitable.wait(for: [signals.waitable], atMost: 0.05)
            if let number = signals.next() {
                stop.set()
                return number
            }
        }
        return nil
    }
}
