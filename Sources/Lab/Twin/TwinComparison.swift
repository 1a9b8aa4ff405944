/// Two arms' measurements of a quantity, and whether they are apart by as much as matters.
struct TwinComparison: Sendable {
    let medians: Comparison
    /// There are runs enough for chance to be ruled out.
    let isEnough: Bool
    /// The medians are too near to each other to matter.
    let isSmall: Bool
    /// They are known to be.
    let isKnownSmall: Bool

    /// Nil where an arm was never measured.
    ///
    /// - Parameter fewest: runs of each arm that are enough.
    init?(
        _ measure: WorkloadMeasure, _ first: Sample, _ second: Sample, seed: UInt64,
        fewest: Int = Claim.fewestRuns
    ) {
        guard
            let medians = Comparison(
                first, second, better: measure.measure.better == .down ? .down : .up, seed: seed),
            let apart = Bootstrap.difference(first, second, seed: seed)
        else { return nil }
        self.medians = medians
        isEnough = min(first.count, second.count) >= fewest
        let least = measure.least(from: medians.before)
        isSmall = (medians.after - medians.before).magnitude <= least
        isKnownSmall = isEnough && -least <= apart.low && apart.high <= least
    }
}
