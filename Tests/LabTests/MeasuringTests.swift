import Histogram
import Testing

@testable import Lab

@Suite struct `What is measured` {
    @Test func `of times agrees with the sorted samples to a thousandth`() throws {
        var random = SeededGenerator(seed: 7)
        var histogram = Tally.histogram()
        var samples: [Double] = []
        for _ in 0..<20_000 {
            // From 10 µs to 10 s, as many in each decade.
            var value = 10_000.0
            for _ in 0..<6 { value *= 1 + 9 * random.unit() * random.unit() }
            samples.append(value.rounded())
            let isWithin = histogram.record(UInt64(value.rounded()))
            #expect(isWithin)
        }
        samples.sort()
        let latency = try #require(Latency(histogram))
        for (share, value) in [(0.5, latency.p50), (0.9, latency.p90), (0.99, latency.p99)] {
            let exact = samples[Int((share * 20_000).rounded(.up)) - 1] / 1e9
            #expect(abs(value - exact) <= exact * 0.001, "\(share)")
        }
        #expect(latency.count == 20_000)
        #expect(Latency(Tally.histogram()) == nil)
    }

    @Test func `of arrivals is the rate asked for, and the same for the same seed`() {
        func times(_ spacing: Pace.Spacing, seed: UInt64) -> [Int64] {
            var arrivals = Arrivals(
                from: 1000, to: 1000, spacing: spacing, seconds: 10, seed: seed)
            return (0..<10_000).map { _ in arrivals.next() }
        }
        #expect(abs(Double(times(.even, seed: 1)[9999]) / 1e9 - 10) < 0.01)
        let random = times(.poisson, seed: 1)
        // 10 000 exponential gaps: the sum strays by 1 % (one standard deviation).
        #expect(abs(Double(random[9999]) / 1e9 - 10) < 0.5)
        #expect(random == times(.poisson, seed: 1))
        #expect(random != times(.poisson, seed: 2))
        #expect(zip(random, random.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `over time falls into tenths of a second`() {
        var timeline = Timeline()
        timeline.add(0, at: 0)
        timeline.add(0, at: 99_999_999)
        timeline.add(1, at: 250_000_000)
        #expect(
            timeline.series == [
                "attempted": [2, 0, 0], "completed": [0, 0, 1], "dropped": [0, 0, 0],
            ])
    }
}
