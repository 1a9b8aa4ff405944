import Histogram
import Model

extension Latency {
    /// nil where nothing was recorded.
    init?(_ histogram: Histogram<UInt64>) {
        guard histogram.totalCount > 0 else { return nil }
        func at(_ percentile: Double) -> Double {
            Double(histogram.valueAtPercentile(percentile)) / 1e9
        }
        self.init(
            count: Int(histogram.totalCount), minimum: Double(histogram.min) / 1e9, p50: at(50),
            p90: at(90), p99: at(99), p999: at(99.9), maximum: Double(histogram.max) / 1e9,
            mean: histogram.mean / 1e9, curve: Self.curve(histogram))
    }

    /// In one pass: each percentile alone would begin anew.
    private static func curve(_ histogram: Histogram<UInt64>) -> [Double] {
        var curve = [Double(histogram.min) / 1e9]
        let total = Double(histogram.totalCount)
        var seen: UInt64 = 0
        for step in histogram.recordedValues() {
            seen += step.count
            let value = Double(min(step.value, histogram.max)) / 1e9
            while curve.count <= 100, Double(seen) >= total * Double(curve.count) / 100 {
                curve.append(value)
            }
        }
        return curve
    }
}
