/// Measurements of one quantity, one a run.
package struct Sample: Sendable, Hashable {
    /// In the order in which they were taken.
    package let values: [Double]
    private let sorted: [Double]

    /// - Parameter values: finite numbers; others are left out.
    package init(_ values: [Double]) {
        self.values = values.filter(\.isFinite)
        sorted = self.values.sorted()
    }

    package var count: Int { values.count }

    /// Nil where nothing was measured.
    package var median: Double? { quantile(0.5) }

    /// The value below which that share of the sample lies, between two measurements in proportion (Hyndman and Fan's type 7).
    ///
    /// - Parameter share: 0 to 1.
    package func quantile(_ share: Double) -> Double? {
        guard let last = sorted.indices.last else { return nil }
        let place = min(max(share, 0), 1) * Double(last)
        let below = Int(place.rounded(.down))
        let above = min(below + 1, last)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}
