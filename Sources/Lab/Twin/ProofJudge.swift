package import Model
import Statistics

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
        let isMore = medians.after > medians.before
        let isTold = comparison.isEnough && adjusted < Comparison.significance
        var verdict: Change = comparison.isKnownSmall ? .same : .unclear
        if isTold, comparison.below != nil {
            verdict = isMore ? .more : .less
        } else if isTold, !comparison.isSmall {
            switch measure.measure.better {
            case nil: verdict = isMore ? .more : .less
            case .up: verdict = isMore ? .better : .worse
            case .down: verdict = isMore ? .worse : .better
            }
        }
        self.init(
            name: measure.measure.name, title: measure.measure.title, unit: measure.measure.unit,
            role: measure.role, before: medians.before, after: medians.after,
            changeRatio: medians.changeRatio,
            interval: [medians.interval.low, medians.interval.high], p: medians.p,
            adjustedP: adjusted, verdict: verdict, marginRatio: comparison.margin,
            belowSeconds: isTold ? comparison.below : nil)
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
