package import Model

/// How a quantity of one document stands to the same of another.
package struct MetricChange: Sendable, Hashable, Codable {
    package var name: String
    package var title: String
    package var unit: Measure.Unit
    /// Which way it is meant to go; nil where neither is better.
    @Explicit package var better: Measure.Direction?
    /// Medians where there were several runs.
    package var before: Double
    package var after: Double
    package var runsBefore: Int
    package var runsAfter: Int
    /// What each run measured.
    package var valuesBefore: [Double]?
    package var valuesAfter: [Double]?
    /// The second by the first, less one; nil where the first is 0.
    @Explicit package var changeRatio: Double?
    /// Of that change, or of the difference where the first is 0; empty where nothing tells.
    package var interval: [Double]
    /// By chance alone; nil where nothing could be tested.
    @Explicit package var p: Double?
    /// The same, corrected for there being several quantities.
    @Explicit package var adjustedP: Double?
    /// What the verdict rests on.
    package var basis: Basis?
    package var verdict: Comparison.Verdict
    /// A change by less than this share is called neither better nor worse; nil in documents of earlier versions.
    package var marginRatio: Double?

    package enum Basis: String, Sendable, Hashable, Codable {
        /// Several runs a side, by their order.
        case runs
        /// A single run a side, by how much it varied in tenths of a second, and an allowance for what differs between runs.
        case tenths
        /// A single run a side, by in how many tenths of a second it occurred.
        case occurrences
        /// Counted at two times; whether it would be so again is not told.
        case fact
        /// Nothing: a single observation that does not tell how far it varies.
        case none
    }

    /// A change by less than this share does not matter.
    package static let margin = 0.05

    enum CodingKeys: String, CodingKey {
        case name, title, unit, better, before, after, interval, verdict, basis
        case runsBefore = "runs_before"
        case runsAfter = "runs_after"
        case valuesBefore = "values_before"
        case valuesAfter = "values_after"
        case changeRatio = "change_ratio"
        case p = "p_value"
        case adjustedP = "p_adjusted"
        case marginRatio = "margin_ratio"
    }

    /// Nil where one of the two holds no value; it is judged later, with the others.
    init?(_ first: Metric, _ second: Metric) {
        let (before, after) = (Sample(first.values), Sample(second.values))
        guard let old = before.median, let new = after.median else { return nil }
        name = second.name
        title = second.title
        unit = second.unit
        better = second.better
        self.before = old
        self.after = new
        runsBefore = before.count
        runsAfter = after.count
        valuesBefore = before.values
        valuesAfter = after.values
        changeRatio = old == 0 ? nil : new / old - 1
        interval = []
        p = nil
        adjustedP = nil
        basis = MetricChange.Basis.none
        verdict = .unclear
        marginRatio = Self.margin
    }

    /// Whether each side is a single observation.
    package var isSingle: Bool { runsBefore == 1 && runsAfter == 1 }

    /// Whether anything was looked at that could tell it from chance.
    package var isJudged: Bool { basis != MetricChange.Basis.none }

    /// Whether it is known to be apart, whether or not a way is better.
    package var isApart: Bool {
        if basis == .fact {
            return before != after
                && (verdict == .better || verdict == .worse || better == nil && verdict != .same)
        }
        return before != after && verdict != .same && (adjustedP ?? 1) < Comparison.significance
            && matters
    }

    /// By more than the share that does not matter.
    var matters: Bool {
        guard let changeRatio, let marginRatio else { return before != after }
        // Twice and half are equally far.
        return max(changeRatio, 1 / max(1 + changeRatio, 1e-9) - 1) > marginRatio
            && changeRatio.magnitude > Self.margin
    }

    /// Whether it went the wrong way, by how much is not asked.
    var wentWrong: Bool {
        switch better {
        case .up: after < before
        case .down: after > before
        case nil: false
        }
    }
}
