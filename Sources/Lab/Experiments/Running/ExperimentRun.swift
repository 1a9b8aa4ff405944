import HostState
import Kernel

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

    /// - Parameters:
    ///   - runs: of each arm; nil for as many as the experiment asks for.
    ///   - stop: ends it after the trial that is under way; the rest is judged as it is.
    ///   - capture: takes what its wires see, if it has any.
    package init(
        _ experiment: Experiment, runs: Int? = nil, seed: UInt64 = 1,
        stop: StopSign = StopSign(), capture: Capture? = nil
    ) {
        self.experiment = experiment
        self.runs = max(runs ?? experiment.runs, 1)
        self.seed = seed
        self.stop = stop
        self.capture = capture
    }

    /// Runs it on threads of its own; the private namespaces must be possible, see ``LabGround/prepare()``.
    package func run(
        progress: @Sendable (Progress) -> Void = { _ in }
    ) throws(LabError) -> ExperimentResult {
        let start = LoadClock.now
        var trials = experiment.arms.map { _ in [Trial]() }
        var unavailable: String?
        do throws(LabError) {
            switch experiment.occupation {
            case .busy: try inTurn(&trials, progress)
            case .waiting, .idle: try together(&trials, progress)
            }
        } catch {
            guard error.kind == .unavailable else { throw error }
            unavailable = error.description
        }
        let arms = zip(experiment.arms, trials).map { arm, trials in
            ArmResult(
                name: arm.name, role: arm.role,
                settings: Dictionary(
                    arm.settings.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 }),
                trials: trials)
        }
        return judged(
            arms, unavailable: unavailable, seconds: Double(LoadClock.now - start) / 1e9)
    }

    /// A round is one run of each arm; every round begins with another, so that what drifts meets all alike.
    private func inTurn(
        _ trials: inout [[Trial]], _ progress: (Progress) -> Void
    ) throws(LabError) {
        for round in 0..<runs {
            for place in experiment.arms.indices {
                guard !stop.isSet else { return }
                let index = (place + round) % experiment.arms.count
                report(index, round, progress)
                let trial = try start(index, round).join()
                // What was cut off is no run.
                if !stop.isSet { trials[index].append(trial) }
            }
        }
    }

    private func together(
        _ trials: inout [[Trial]], _ progress: (Progress) -> Void
    ) throws(LabError) {
        var started: [(arm: Int, trial: LabThread<Trial>)] = []
        for round in 0..<runs {
            for index in experiment.arms.indices {
                report(index, round, progress)
                started.append((index, try start(index, round)))
            }
        }
        var failure: LabError?
        for (index, thread) in started {
            do throws(LabError) {
                let trial = try thread.join()
                if !stop.isSet { trials[index].append(trial) }
            } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
    }

    private func report(_ arm: Int, _ round: Int, _ progress: (Progress) -> Void) {
        progress(
            Progress(
                experiment: experiment.name, arm: experiment.arms[arm].name, run: round + 1,
                runs: runs))
    }

    private func start(_ arm: Int, _ round: Int) throws(LabError) -> LabThread<Trial> {
        let (experiment, stop) = (experiment, stop)
        var generator = SeededGenerator(seed: seed &+ UInt64(round))
        let name = "\(experiment.name), \(experiment.arms[arm].name), run \(round + 1)"
        let conditions = TrialConditions(
            seed: generator.next(), stop: stop, capture: capture?.place(named: name))
        return try LabThread.start { () throws(LabError) in
            try experiment.trial(experiment.arms[arm], conditions)
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
        if let (arm, other) = contrasted(arms), arm.name != other.name {
            for measure in experiment.measures {
                effect[measure.name] = Effect(measure, arm, than: other, seed: seed)
            }
        }
        return ExperimentResult(
            name: experiment.name, question: experiment.question, claim: experiment.claim,
            source: experiment.source,
            verdict: unavailable == nil ? Verdict(all: claims.map(\.verdict)) : .inconclusive,
            arms: arms, measures: experiment.measures, claims: claims,
            scaling: experiment.scaling, effect: effect, runs: runs, seed: seed,
            seconds: seconds, wasInterrupted: stop.isSet, unavailable: unavailable,
            notes: notes(arms))
    }

    private func contrasted(_ arms: [ArmResult]) -> (ArmResult, than: ArmResult)? {
        let pair: (ArmResult?, ArmResult?) =
            switch experiment.contrast {
            case .none: (nil, nil)
            case .withFirst: (arms.first { $0.role == .remedy } ?? arms.last, arms.first)
            case .arms(let arm, let other):
                (arms.first { $0.name == arm }, arms.first { $0.name == other })
            }
        guard let arm = pair.0, let other = pair.1 else { return nil }
        return (arm, other)
    }

    private func notes(_ arms: [ArmResult]) -> [String] {
        experiment.notes
            + arms.flatMap { arm in
                Set(arm.trials.compactMap(\.void)).sorted().map { reason in
                    let count = arm.trials.count { $0.void == reason }
                    return "\(arm.name): \(count) of \(arm.trials.count) runs are void: \(reason)"
                }
            }
    }
}
