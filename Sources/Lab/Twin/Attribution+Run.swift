import Model
import Statistics

extension Attribution {
    /// Seconds that it may take, about.
    static let budget = 240.0
    /// With five runs a difference by chance in 1 of 126 comparisons is as rare as it can be told.
    static let fewestRuns = 5
    /// A line is called one that matters where chance would show it in fewer comparisons than that.
    static let significance = 0.01

    /// Leaves each of the twin's settings out in turn; nil where nothing differed, so that nothing is to be told apart.
    ///
    /// - Parameter elapsed: seconds that the proof took.
    static func run(
        _ proof: Proof, _ twin: Twin, _ workload: Workload, elapsed: Double, stop: StopSign,
        progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) -> Attribution? {
        let judged = proof.metrics.filter { $0.verdict == .better || $0.verdict == .worse }
        guard !judged.isEmpty else { return nil }
        let runs = max(proof.runs, fewestRuns)
        // A busy machine takes longer to make and take away namespaces.
        let made = proof.arms.reduce(0) { $0 + $1.trials.count }
        let each = max(workload.seconds, elapsed / Double(max(made, 1)))
        let groups = groups(twin.tried.map(\.key), most: most(runs, each))
        let whole = "whole"
        var arms = [try twin.arm(whole, .baseline)]
        for group in groups {
            arms.append(try twin.arm(name(group), .variant, leavingOut: Set(group)))
        }
        let result = try ExperimentRun(
            workload.experiment(arms), runs: runs, seed: proof.seed &+ 1, stop: stop
        ).run(progress: progress)
        guard let base = result.arms.first else { return nil }
        let lines = zip(groups, result.arms.dropFirst()).compactMap { group, arm in
            line(group, judged, workload, base, arm, seed: proof.seed)
        }
        let of = twin.tried.count + proof.unchanged.count + proof.notShown.count
        return Attribution(
            of: of, lines: lines, runs: runs, sentence: sentence(lines, of), arms: result.arms)
    }

    /// How many arms beside the whole there is time for.
    private static func most(_ runs: Int, _ seconds: Double) -> Int {
        max(Int(budget / (Double(runs) * seconds)) - 1, 3)
    }

    /// The keys one by one, or in runs of neighbours where there are more than there is time for.
    static func groups(_ keys: [String], most: Int) -> [[String]] {
        let size = (keys.count + most - 1) / max(most, 1)
        guard size > 1 else { return keys.map { [$0] } }
        return stride(from: 0, to: keys.count, by: size).map {
            Array(keys[$0..<min($0 + size, keys.count)])
        }
    }

    private static func name(_ keys: [String]) -> String {
        "without " + keys.joined(separator: ", ")
    }

    private static func line(
        _ keys: [String], _ judged: [ProofMetric], _ workload: Workload, _ whole: ArmResult,
        _ arm: ArmResult, seed: UInt64
    ) -> Line? {
        var best: Line?
        for metric in judged {
            guard
                let measure = workload.measures.first(where: { $0.measure.name == metric.name }),
                let comparison = TwinComparison(
                    measure, whole.sample(metric.name), arm.sample(metric.name), seed: seed,
                    fewest: fewestRuns)
            else { continue }
            let line = Line(metric, keys, comparison)
            // The most telling: one that is known, then the smaller chance; the first of equals.
            let isMore =
                best.map {
                    (line.isKnown ? 0 : 1, line.p) < ($0.isKnown ? 0 : 1, $0.p)
                } ?? true
            if isMore { best = line }
        }
        return best
    }

    private static func sentence(_ lines: [Line], _ of: Int) -> String {
        let matter = lines.filter { $0.effect == .matters }
        let harm = lines.filter { $0.effect == .harms }
        let names = matter.map { $0.keys.joined(separator: " with ") }.joined(separator: ", ")
        var text =
            matter.isEmpty
            ? "None of the \(of) settings matters by itself: leaving out one changes nothing; two of them may have the same effect."
            : "\(matter.count) of \(of) settings \(matter.count == 1 ? "matters" : "matter"): \(names). Leaving out one of the others made no measured difference; two of them may have the same effect."
        if !harm.isEmpty {
            text +=
                " Better without: \(harm.map { $0.keys.joined(separator: " with ") }.joined(separator: ", "))."
        }
        return text
    }
}

extension Attribution.Line {
    fileprivate init(
        _ metric: ProofMetric, _ keys: [String], _ comparison: TwinComparison
    ) {
        let medians = comparison.medians
        let isKnown =
            comparison.isEnough && medians.p < Attribution.significance && !comparison.isSmall
        let effect: Effect =
            isKnown
            ? (medians.verdict == .worse ? .matters : .harms)
            : comparison.isKnownSmall ? .none : .unclear
        self.init(
            keys: keys, metric: metric.name, title: metric.title, unit: metric.unit,
            whole: medians.before, without: medians.after, changeRatio: medians.changeRatio,
            interval: [medians.interval.low, medians.interval.high], p: medians.p, effect: effect)
    }

    fileprivate var isKnown: Bool { effect == .matters || effect == .harms }
}
