package import Model

/// What came of an experiment: every trial, and what they say together.
package struct ExperimentResult: Sendable, Hashable, Codable {
    package var name: String
    package var question: String
    package var claim: String
    package var source: [String]
    package var verdict: Verdict
    package var arms: [ArmResult]
    package var measures: [Measure]
    package var claims: [ClaimResult]
    package var scaling: String?
    /// How far the remedy, or the last arm, is from the first, by measure.
    package var effect: [String: Effect]
    package var runs: Int
    package var seed: UInt64
    /// What carried its connections; nil in documents of before.
    package var family: InternetFamily?
    /// How long it took.
    package var seconds: Double
    /// Ended by the user before all runs were made.
    package var wasInterrupted: Bool
    /// Why it could not be tried here; nil where it was.
    package var unavailable: String?
    /// What ended it before its end; nil where nothing did.
    package var failure: String?
    /// What came of settings that were tried; nil where none were.
    package var tried: TriedResult?
    package var notes: [String]

    enum CodingKeys: String, CodingKey {
        case name, question, claim, source, verdict, arms, measures, claims, scaling, effect, runs
        case seed, family, seconds, unavailable, failure, tried, notes
        case wasInterrupted = "interrupted"
    }

    /// The counted values of a measure in an arm, in the order of the runs; nil where there is no such arm.
    package func sample(_ arm: String, _ measure: String) -> Sample? {
        arms.first { $0.name == arm }.map { $0.sample(measure) }
    }
}

/// The trials of an arm.
package struct ArmResult: Sendable, Hashable, Codable {
    package var name: String
    package var role: Arm.Role
    /// By key.
    package var settings: [String: String]
    package var trials: [Trial]

    package init(name: String, role: Arm.Role, settings: [String: String], trials: [Trial]) {
        self.name = name
        self.role = role
        self.settings = settings
        self.trials = trials
    }

    /// The counted values of a measure.
    package func sample(_ measure: String) -> Sample {
        Sample(trials.filter { $0.void == nil }.compactMap { $0.values[measure] })
    }
}

/// How far two arms are apart in a measure.
package struct Effect: Sendable, Hashable, Codable {
    package var arm: String
    package var than: String
    package var before: Double
    package var after: Double
    /// The second median by the first, less one; nil where the first is 0.
    package var changeRatio: Double?
    /// Of that change, or of the difference where the first median is 0.
    package var interval: [Double]
    package var p: Double
    /// Cliff's delta.
    package var delta: Double
    /// `better`, `worse`, `same`, `unclear`; `more` and `less` where neither is better.
    package var verdict: String

    enum CodingKeys: String, CodingKey {
        case arm, than, before, after, interval, delta, verdict
        case changeRatio = "change_ratio"
        case p = "p_value"
    }

    /// Nil where an arm was never measured.
    init?(_ measure: Measure, _ arm: ArmResult, than other: ArmResult, seed: UInt64) {
        guard
            let comparison = Comparison(
                other.sample(measure.name), arm.sample(measure.name),
                better: measure.better == .down ? .down : .up, seed: seed)
        else { return nil }
        self.arm = arm.name
        than = other.name
        before = comparison.before
        after = comparison.after
        changeRatio = comparison.changeRatio
        interval = [comparison.interval.low, comparison.interval.high]
        p = comparison.p
        delta = comparison.delta
        verdict =
            switch (comparison.verdict, measure.better) {
            case (.better, nil): "more"
            case (.worse, nil): "less"
            default: comparison.verdict.rawValue
            }
    }
}
