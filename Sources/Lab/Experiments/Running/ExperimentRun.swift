import Kernel
package import Model
import Statistics
import Synchronization
import Text

/// Runs an experiment: its arms in turn, round by round, then judges.
package final class ExperimentRun: Sendable {
    /// What is about to be done, for a terminal.
    package struct Progress: Sendable, Hashable {
        package var experiment: String
        package var arm: String
        /// From 1.
        package var run: Int
        package var runs: Int
    }

    private let experiment: Experiment
    private let runs: Int
    private let seed: UInt64
    private let stop: StopSign
    private let capture: Capture?
    private let descriptors: DescriptorBudget?
    private let state: Mutex<State>

    /// What has come of it until now.
    private struct State: Sendable {
        var began: Int64?
        /// By arm and round; nil for a run that is not over, or was cut off.
        var trials: [[Trial?]]
    }

    /// - Parameters:
    ///   - runs: of each arm; nil for as many as the experiment asks for.
    ///   - stop: ends it after the trial that is under way; the rest is judged as it is.
    ///   - capture: takes what its wires see, if it has any.
    ///   - descriptors: those that all that runs at a time may have; nil for no limit.
    package init(
        _ experiment: Experiment, runs: Int? = nil, seed: UInt64 = 1,
        stop: StopSign = StopSign(), capture: Capture? = nil,
        descriptors: DescriptorBudget? = nil
    ) {
        self.experiment = experiment
        let runs = max(runs ?? experiment.runs, 1)
        self.runs = runs
        self.seed = seed
        self.stop = stop
        self.capture = capture
        self.descriptors = descriptors
        state = Mutex(
            State(trials: experiment.arms.map { _ in [Trial?](repeating: nil, count: runs) }))
    }

    /// Runs it on threads of its own; the private namespaces must be possible, see ``LabGround/prepare()``.
    package func run(
        progress: @Sendable (Progress) -> Void = { _ in }
    ) throws(Refusal) -> ExperimentResult {
        state.withLock { $0.began = LoadClock.now }
        do throws(Refusal) {
            switch experiment.occupation {
            case .busy: try inTurn(progress)
            case .waiting, .idle: try together(progress)
            }
        } catch {
            guard error.kind == .unavailable else { throw error }
            return result(unavailable: error.description)
        }
        return result()
    }

    /// What the runs that are over say; nil where it was not begun.
    package var soFar: ExperimentResult? {
        state.withLock { $0.began } == nil ? nil : result()
    }

    /// As one that came to an end because of an error, with what was measured before.
    package func failed(_ reason: String) -> ExperimentResult {
        result(failure: reason)
    }

    /// - Parameters:
    ///   - unavailable: what this kernel or these rights lack.
    ///   - failure: what ended it.
    private func result(
        unavailable: String? = nil, failure: String? = nil
    ) -> ExperimentResult {
        let (began, trials) = state.withLock { ($0.began, $0.trials) }
        let arms = zip(experiment.arms, trials).map { arm, trials in
            ArmResult(
                name: arm.name, role: arm.role,
                settings: Dictionary(
                    arm.settings.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 }),
                trials: trials.compactMap(\.self))
        }
        var result = judged(
            arms, unavailable: unavailable,
            seconds: began.map { Double(LoadClock.now - $0) / 1e9 } ?? 0)
        if let failure {
            result.failure = failure
            result.verdict = .inconclusive
        }
        return result
    }

    /// A round is one run of each arm; every round begins with another, so that what drifts meets all alike.
    private func inTurn(_ progress: (Progress) -> Void) throws(Refusal) {
        for round in 0..<runs {
            for place in experiment.arms.indices {
                guard !stop.isSet else { return }
                let index = (place + round) % experiment.arms.count
                report(index, round, progress)
                try start(index, round).outcome()
            }
        }
    }

    private func together(_ progress: (Progress) -> Void) throws(Refusal) {
        var started: [SystemThread<Result<Void, Refusal>>] = []
        var failure: Refusal?
        for round in 0..<runs where failure == nil {
            for index in experiment.arms.indices where failure == nil && !stop.isSet {
                report(index, round, progress)
                do throws(Refusal) { started.append(try start(index, round)) } catch {
                    failure = error
                }
            }
        }
        for thread in started {
            do throws(Refusal) { try thread.outcome() } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func report(_ arm: Int, _ round: Int, _ progress: (Progress) -> Void) {
        progress(
            Progress(
                experiment: experiment.name, arm: experiment.arms[arm].name, run: round + 1,
                runs: runs))
    }

    private func start(_ arm: Int, _ round: Int) throws(Refusal) -> SystemThread<
        Result<Void, Refusal>
    > {
        let (experiment, stop, descriptors) = (experiment, stop, descriptors)
        var generator = SeededGenerator(seed: seed &+ UInt64(round))
        let name = "\(experiment.name), \(experiment.arms[arm].name), run \(round + 1)"
        let conditions = TrialConditions(
            seed: generator.next(), stop: stop, capture: capture?.place(named: name))
        try descriptors?.take(experiment.descriptors, for: experiment.name, unless: stop)
        return try SystemThread.start { [self] () throws(Refusal) in
            defer { descriptors?.give(experiment.descriptors) }
            let trial = try experiment.trial(experiment.arms[arm], conditions)
            // What was cut off is no run.
            if !stop.isSet { state.withLock { $0.trials[arm][round] = trial } }
        }
    }

    private func judged(
        _ arms: [ArmResult], unavailable: String?, seconds: Double
    ) -> ExperimentResult {
        let claims = experiment.claims.map { claim in
            claim.judged(measures: experiment.measures, seed: seed) { arm, measure in
                arms.first { $0.name == arm }?.sample(measure)
            }
        }
        var effect: [String: Effect] = [:]
        let compared =
            arms.first { $0.role == .remedy } ?? arms.last { $0.role != .tried }
        if experiment.isComparison, let first = arms.first, let compared,
            compared.name != first.name
        {
            for measure in experiment.measures {
                effect[measure.name] = Effect(measure, compared, than: first, seed: seed)
            }
        }
        return ExperimentResult(
            name: experiment.name, question: experiment.question, claim: experiment.claim,
            source: experiment.source,
            verdict: unavailable == nil ? Verdict(all: claims.map(\.verdict)) : .inconclusive,
            arms: arms, measures: experiment.measures, claims: claims,
            scaling: experiment.scaling, effect: effect, runs: runs, seed: seed,
            family: experiment.family, seconds: seconds, wasInterrupted: stop.isSet,
            unavailable: unavailable,
            tried: experiment.tried.map {
                $0.judged(arms, measures: experiment.measures, seed: seed)
            }, notes: notes(arms))
    }

    private func notes(_ arms: [ArmResult]) -> [String] {
        experiment.notes
            + arms.flatMap { arm in
                Set(arm.trials.compactMap(\.void)).sorted().map { reason in
                    let count = arm.trials.count { $0.void == reason }
                    return
                        "\(arm.name): \(count) of \(arm.trials.count.counted("run")) void: \(reason)"
                }
            }
    }
}
