import Model
import Statistics

/// Two arms' measurements of a quantity, and whether they are apart by as much as matters.
struct TwinComparison: Sendable {
    let medians: Comparison
    /// There are runs enough for chance to be ruled out.
    let isEnough: Bool
    /// The medians are too near to each other to matter.
    let isSmall: Bool
    /// They differ, by less than an absolute limit below which it does not matter: it is that limit.
    let below: Double?
    /// Within what share of the first median the second is called the same; nil where that is 0.
    let margin: Double?
    /// They are known to be.
    let isKnownSmall: Bool

    /// Nil where an arm was never measured.
    ///
    /// - Parameter fewest: runs of each arm that are enough.
    init?(
        _ measure: WorkloadMeasure, _ first: Sample, _ second: Sample, seed: UInt64,
        fewest: Int = Comparison.fewestRuns
    ) {
        guard
            let medians = Comparison(
                first, second, better: measure.measure.better == .down ? .down : .up, seed: seed),
            let apart = Bootstrap.difference(first, second, seed: seed)
        else { return nil }
        self.medians = medians
        isEnough = min(first.count, second.count) >= fewest
        let (same, least) = (
            measure.same(as: medians.before), measure.least(from: medians.before)
        )
        let distance = (medians.after - medians.before).magnitude
        isSmall = distance <= least
        below =
            measure.measure.unit == .seconds && distance > same && distance <= least ? least : nil
        margin = medians.before == 0 ? nil : same / medians.before.magnitude
        isKnownSmall = isEnough && -same <= apart.low && apart.high <= same
    }
}
