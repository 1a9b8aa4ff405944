/// A quantity before and after, and whether the change is one.
package struct ProofMetric: Sendable, Hashable, Codable {
    package var name: String
    package var title: String
    package var unit: Measure.Unit
    package var role: WorkloadMeasure.Role
    package var before: Double
    package var after: Double
    /// The second median by the first, less one; nil where the first is 0.
    package var changeRatio: Double?
    /// Of that change, or of the difference where the first median is 0.
    package var interval: [Double]
    /// By chance alone.
    package var p: Double
    /// The same, corrected for there being several quantities (Holm 1979).
    package var adjustedP: Double
    package var verdict: Change
    /// Within what share of the first median it is called the same; nil where that is 0, or in documents of earlier versions.
    package var marginRatio: Double?
    /// Changed, but by less than so many seconds, below which it does not matter; nil otherwise.
    package var belowSeconds: Double?
    /// The least change, as a share, that so many runs of so much variation would show in four of five proofs; nil where none, or
    /// where it was not to be told.
    package var seenRatio: Double?

    package enum Change: String, Sendable, Hashable, Codable {
        case better, worse, same, unclear
        /// Changed, where neither way is better.
        case more, less
    }

    enum CodingKeys: String, CodingKey {
        case name, title, unit, role, before, after, interval, verdict
        case changeRatio = "change_ratio"
        case p = "p_value"
        case adjustedP = "p_adjusted"
        case marginRatio = "same_within_ratio"
        case belowSeconds = "below_seconds"
        case seenRatio = "seen_from_ratio"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(title, forKey: .title)
        try container.encode(unit, forKey: .unit)
        try container.encode(role, forKey: .role)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try container.encode(changeRatio, forKey: .changeRatio)
        try container.encode(interval, forKey: .interval)
        try container.encode(p, forKey: .p)
        try container.encode(adjustedP, forKey: .adjustedP)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(marginRatio, forKey: .marginRatio)
        try container.encode(belowSeconds, forKey: .belowSeconds)
        try container.encode(seenRatio, forKey: .seenRatio)
    }

    /// Changed, whichever way.
    package var isDifferent: Bool { verdict != .same && verdict != .unclear }
}

/// Holds all quantities of two arms against each other.
package enum ProofJudge {
    /// The quantities that both arms measured, in their order.
    package static func metrics(
        _ measures: [WorkloadMeasure], before: ArmResult, after: ArmResult, seed: UInt64
    ) -> [ProofMetric] {
        var compared: [(of: WorkloadMeasure, TwinComparison)] = []
        for measure in measures {
            let first = before.sample(measure.measure.name)
            let second = after.sample(measure.measure.name)
            guard let comparison = TwinComparison(measure, first, second, seed: seed) else {
                continue
            }
            compared.append((measure, comparison))
        }
        let adjusted = Holm.adjusted(compared.map(\.1.medians.p))
        var metrics = zip(compared, adjusted).map { item, p in
            var metric = ProofMetric(item.of, item.1, adjusted: p)
            let name = item.of.measure.name
            metric.seenRatio = Power.smallestSeen(
                before.sample(name), after.sample(name), quantities: compared.count, seed: seed)
            return metric
        }
        // The times of answered requests tell nothing where unlike shares of them were answered.
        let isUnlike = metrics.contains {
            $0.role == .decisive && $0.isDifferent && $0.belowSeconds == nil
        }
        for index in metrics.indices where metrics[index].role == .answered && isUnlike {
            metrics[index].loseDirection()
        }
        return metrics
    }
}

extension ProofMetric {
    fileprivate init(
        _ measure: WorkloadMeasure, _ comparison: TwinComparison, adjusted: Double
    ) {
        let medians = comparison.medians
        name = measure.measure.name
        title = measure.measure.title
        unit = measure.measure.unit
        role = measure.role
        before = medians.before
        after = medians.after
        changeRatio = medians.changeRatio
        interval = [medians.interval.low, medians.interval.high]
        p = medians.p
        adjustedP = adjusted
        let isMore = after > before
        marginRatio = comparison.margin
        if comparison.isEnough, adjusted < Comparison.significance, let below = comparison.below {
            belowSeconds = below
            verdict = isMore ? .more : .less
        } else if comparison.isEnough, adjusted < Comparison.significance, !comparison.isSmall {
            switch measure.measure.better {
            case nil: verdict = isMore ? .more : .less
            case .up: verdict = isMore ? .better : .worse
            case .down: verdict = isMore ? .worse : .better
            }
        } else {
            verdict = comparison.isKnownSmall ? .same : .unclear
        }
    }

    /// Of a void proof: what was measured stays, and nothing is concluded.
    mutating func loseVerdict() {
        verdict = .unclear
        belowSeconds = nil
    }

    fileprivate mutating func loseDirection() {
        if verdict == .better || verdict == .worse { verdict = after > before ? .more : .less }
    }
}
