import Histogram

/// A distribution of times, in seconds.
package struct Latency: Sendable, Hashable {
    package var count: Int
    package var minimum: Double
    package var p50: Double
    package var p90: Double
    package var p99: Double
    package var p999: Double
    package var maximum: Double
    package var mean: Double

    /// nil where nothing was recorded.
    init?(_ histogram: Histogram<UInt64>) {
        guard histogram.totalCount > 0 else { return nil }
        func at(_ percentile: Double) -> Double {
            Double(histogram.valueAtPercentile(percentile)) / 1e9
        }
        count = Int(histogram.totalCount)
        minimum = Double(histogram.min) / 1e9
        p50 = at(50)
        p90 = at(90)
        p99 = at(99)
        p999 = at(99.9)
        maximum = Double(histogram.max) / 1e9
        mean = histogram.mean / 1e9
    }
}
