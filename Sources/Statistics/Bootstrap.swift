/// An interval for how far two medians are apart, from the measurements themselves drawn again and again (Efron's percentiles).
package struct Bootstrap: Sendable, Hashable {
    /// The share of intervals that hold the true value.
    package static let confidence = 0.95
    private static let draws = 2000

    package let low: Double
    package let high: Double

    /// The interval of the ratio of the second's median to the first's.
    ///
    /// Nil where a sample is empty, or a median of the first can be 0.
    package static func ratio(
        _ first: Sample, _ second: Sample, seed: UInt64
    ) -> Bootstrap? {
        interval(first, second, seed) { before, after in before == 0 ? nil : after / before }
    }

    /// The interval of the second's median less the first's.
    package static func difference(
        _ first: Sample, _ second: Sample, seed: UInt64
    ) -> Bootstrap? {
        interval(first, second, seed) { $1 - $0 }
    }

    private static func interval(
        _ first: Sample, _ second: Sample, _ seed: UInt64,
        _ statistic: (Double, Double) -> Double?
    ) -> Bootstrap? {
        var generator = SeededGenerator(seed: seed)
        var results: [Double] = []
        results.reserveCapacity(draws)
        for _ in 0..<draws {
            guard let before = drawnMedian(first.values, &generator),
                let after = drawnMedian(second.values, &generator),
                let result = statistic(before, after)
            else { return nil }
            results.append(result)
        }
        let sample = Sample(results)
        guard let low = sample.quantile((1 - confidence) / 2),
            let high = sample.quantile((1 + confidence) / 2)
        else { return nil }
        return Bootstrap(low: low, high: high)
    }

    private static func drawnMedian(
        _ values: [Double], _ generator: inout SeededGenerator
    ) -> Double? {
        guard !values.isEmpty else { return nil }
        let drawn = values.map { _ in values[Int.random(in: values.indices, using: &generator)] }
            .sorted()
        let middle = drawn.count / 2
        return drawn.count % 2 == 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2
    }
}
