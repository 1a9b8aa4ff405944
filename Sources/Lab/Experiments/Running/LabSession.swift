package import Kernel
package import Model
import Synchronization

/// Several experiments in one go: first those that wait, two at a time, then those that work, one after the other.
///
/// Those that wait for a minute run beside all of them.
package final class LabSession: Sendable {
    private let experiments: [Experiment]
    private let runs: Int?
    private let seed: UInt64
    private let stop = StopSign()
    private let capture: Capture?
    private let progress: @Sendable (ExperimentRun.Progress) -> Void
    private let results = Mutex<[Int: ExperimentResult]>([:])

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
    /// One of several that fails is named in its result, and the others go on.
    ///
    /// - Returns: the results, in the order of the experiments, and the number of the signal. After a signal, runs that wait
    ///   in the kernel may still be under way: the end of the process is theirs, and that of their namespaces.
    package func run(
        signals: HeldSignals? = nil
    ) throws(Refusal) -> ([ExperimentResult], Int32?) {
        let budget = DescriptorBudget(
            limit: try LabGround.prepare(
                experiments.contains { $0.family == .v6 } ? .v6 : .v4))
        for experiment in experiments {
            if let tried = experiment.tried { try LabGround.check(tried.settings.settings) }
        }
        let all = experiments.map {
            ExperimentRun(
                $0, runs: runs, seed: seed, stop: stop, capture: capture, descriptors: budget)
        }
        func those(_ occupation: Experiment.Occupation) -> [Int] {
            experiments.indices.filter { experiments[$0].occupation == occupation }
        }
        let parts =
            try those(.idle).map { (index) throws(Refusal) in
                try begin(Queue([index]), all)
            } + [begin(those(.waiting), then: those(.busy), all)]
        let signal: Int32?
        do throws(KernelError) { signal = try wait(for: parts, signals) } catch {
            stop.set()
            throw Refusal(error)
        }
        if signal == nil {
            for part in parts { try part.outcome() }
        }
        let done = results.withLock { $0 }
        return (experiments.indices.compactMap { done[$0] ?? all[$0].soFar }, signal)
    }

    /// How many experiments that wait run at a time: with more, a machine of two processors is late for its timers.
    private static let lanes = 2

    /// What several threads take from, one after the other.
    private final class Queue: Sendable {
        private let left: Mutex<ArraySlice<Int>>

        init(_ indices: [Int]) { left = Mutex(indices[...]) }

        func next() -> Int? { left.withLock { $0.popFirst() } }
    }

    private func begin(
        _ waiting: [Int], then busy: [Int], _ all: [ExperimentRun]
    ) throws(Refusal) -> SystemThread<Result<Void, Refusal>> {
        try SystemThread.start { [self] () throws(Refusal) in
            let queue = Queue(waiting)
            let lanes = try (0..<min(Self.lanes, waiting.count)).map { _ throws(Refusal) in
                try begin(queue, all)
            }
            for lane in lanes { try lane.outcome() }
            // What uses the processors has them to itself.
            try begin(Queue(busy), all).outcome()
        }
    }

    /// Works through a queue.
    private func begin(
        _ queue: Queue, _ all: [ExperimentRun]
    ) throws(Refusal) -> SystemThread<Result<Void, Refusal>> {
        try SystemThread.start { [self] () throws(Refusal) in
            while !stop.isSet, let index = queue.next() {
                let result: ExperimentResult
                do throws(Refusal) { result = try all[index].run(progress: progress) } catch {
                    guard experiments.count > 1 else { throw error }
                    result = all[index].failed(error.description)
                }
                results.withLock { $0[index] = result }
            }
        }
    }

    /// What runs that are told to end may take for it.
    private static let grace: Int64 = 300_000_000

    private func wait(
        for parts: [SystemThread<Result<Void, Refusal>>], _ signals: HeldSignals?
    ) throws(KernelError) -> Int32? {
        var signal: Int32?
        var end = Int64.max
        while !parts.allSatisfy(\.isDone), LoadClock.now < end {
            guard let signals, signal == nil else {
                LoadClock.rest(milliseconds: 5)
                continue
            }
            _ = try Waitable.wait(for: [signals.waitable], atMost: 0.05)
            if let number = signals.next() {
                stop.set()
                signal = number
                end = LoadClock.now + Self.grace
            }
        }
        return signal
    }
}
