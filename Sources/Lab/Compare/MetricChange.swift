/// How a quantity of one document stands to the same of another.
package struct MetricChange: Sendable, Hashable, Codable {
    package var name: String
    package var title: String
    package var unit: Measure.Unit
    /// Which way it is meant to go; nil where neither is better.
    package var better: Measure.Direction?
    /// Medians where there were several runs.
    package var before: Double
    package var after: Double
    package var runsBefore: Int
    package var runsAfter: Int
    /// The second by the first, less one; nil where the first is 0.
    package var changeRatio: Double?
    /// Of that change, or of the difference where the first is 0; empty where a single observation a side tells none.
    package var interval: [Double]
    /// By chance alone; nil where nothing could be tested.
    package var p: Double?
    package var verdict: Comparison.Verdict

    /// The share by which a single observation may move before it is called better or worse.
    package static let margin = 0.05

    enum CodingKeys: String, CodingKey {
        case name, title, unit, better, before, after, interval, verdict
        case runsBefore = "runs_before"
        case runsAfter = "runs_after"
        case changeRatio = "change_ratio"
        case p = "p_value"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(title, forKey: .title)
        try container.encode(unit, forKey: .unit)
        try container.encode(better, forKey: .better)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try container.encode(runsBefore, forKey: .runsBefore)
        try container.encode(runsAfter, forKey: .runsAfter)
        try container.encode(changeRatio, forKey: .changeRatio)
        try container.encode(interval, forKey: .interval)
        try container.encode(p, forKey: .p)
        try container.encode(verdict, forKey: .verdict)
    }

    /// Nil where one of the two holds no value.
    package init?(_ first: Metric, _ second: Metric, seed: UInt64 = 1) {
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
        if before.count > 1 || after.count > 1,
            let comparison = Comparison(
                before, after, better: better == .down ? .down : .up, margin: Self.margin,
                seed: seed)
        {
            changeRatio = comparison.changeRatio
            interval = [comparison.interval.low, comparison.interval.high]
            p = comparison.p
            verdict = comparison.verdict
        } else {
            changeRatio = old == 0 ? nil : new / old - 1
            interval = []
            p = nil
            let matters = old == 0 ? Self.margin : Self.margin * old.magnitude
            verdict =
                (new - old).magnitude <= matters
                ? .same : (new > old) == (better == .up) ? .better : .worse
        }
        if better == nil, verdict != .same { verdict = .unclear }
    }

    /// Whether each side is a single observation: a difference is seen, but not tested.
    package var isSingle: Bool { runsBefore == 1 && runsAfter == 1 }

    /// Whether it is known to be apart, whether or not a way is better.
    package var isApart: Bool {
        if isSingle { return verdict != .same }
        return before != after && (p ?? 1) < Comparison.significance
    }

    /// Whether it went the wrong way, by how much is not asked.
    var wentWrong: Bool {
        switch better {
        case .up: after < before
        case .down: after > before
        case nil: false
        }
    }

    /// What two documents hold both, in the order of the second; and the names of what only one of them holds.
    package static func all(
        _ before: [Metric], _ after: [Metric], seed: UInt64 = 1
    ) -> (changes: [MetricChange], unmatched: [String]) {
        let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        var changes: [MetricChange] = []
        var unmatched: [String] = []
        for metric in after {
            if let change = old[metric.name].flatMap({ MetricChange($0, metric, seed: seed) }) {
                changes.append(change)
            } else {
                unmatched.append(metric.name)
            }
        }
        let seen = Set(after.map(\.name))
        return (changes, unmatched + before.map(\.name).filter { !seen.contains($0) })
    }
}
