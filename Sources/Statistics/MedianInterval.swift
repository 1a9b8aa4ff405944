import Glibc

/// An interval for a median that asks for no distribution: between two measurements by their order (David and Nagaraja 2003, §7.1).
package struct MedianInterval: Sendable, Hashable {
    package let low: Double
    package let high: Double
    /// The share of such intervals that hold the true median; with fewer than six measurements below 0.95.
    package let confidence: Double

    /// The narrowest with a confidence of 0.95 at least, or all there is; nil where nothing was measured.
    package init?(_ sample: Sample) {
        let sorted = sample.values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let count = sorted.count
        // P(Bin(n, ½) ≤ k): a half to the n-th power for each way to fall on one side.
        var tail = exp2(-Double(count))
        var ways = 1.0
        var place = 0
        var confidence = 1 - 2 * tail
        while place + 1 < count - 1 - place {
            ways *= Double(count - place) / Double(place + 1)
            let next = tail + ways * exp2(-Double(count))
            guard 1 - 2 * next >= Bootstrap.confidence else { break }
            tail = next
            place += 1
            confidence = 1 - 2 * tail
        }
        low = place == 0 ? first : sorted[place]
        high = place == 0 ? last : sorted[count - 1 - place]
        self.confidence = max(confidence, 0)
    }
}
