package import Model

extension Measure.Unit {
    /// A median with its interval: `600 in each of 5 runs`, `14 µs (12 µs to 19 µs in 5 runs)`.
    package func text(_ median: Double, _ interval: MedianInterval, runs: Int) -> String {
        interval.low == interval.high
            ? "\(text(median)) in each of \(runs) runs"
            : "\(text(median)) (\(text(interval.low)) to \(text(interval.high)) in \(runs) runs)"
    }
}
