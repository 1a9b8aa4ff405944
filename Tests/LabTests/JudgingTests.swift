import Model
import Statistics
import Testing

@testable import Lab

/// What measurements make of a claim.
@Suite struct `A claim` {
    private func verdict(
        _ condition: Claim.Condition, _ samples: [String: [Double]]
    ) -> Verdict {
        let measures = [Measure("x", "x", .count)]
        return Claim("c", condition).judged(measures: measures, seed: 1) { arm, measure in
            measure == "x" ? samples[arm].map(Sample.init) : nil
        }.verdict
    }

    @Test func `of a range is proven inside it, refuted outside, and unknown across its edge`() {
        let claim = Claim.Condition.within(arm: "a", measure: "x", 10...20)
        #expect(verdict(claim, ["a": [11, 12, 13, 14, 15, 16]]) == .proven)
        #expect(verdict(claim, ["a": [10, 10, 20, 20]]) == .proven)
        #expect(verdict(claim, ["a": [21, 22, 23, 24, 25]]) == .refuted)
        #expect(verdict(claim, ["a": [1, 2, 3, 9.9]]) == .refuted)
        #expect(verdict(claim, ["a": [18, 19, 20, 21, 22]]) == .inconclusive)
        #expect(verdict(claim, ["a": [5, 15, 15, 15, 25]]) == .inconclusive)
        // With ten, one wild measurement at either end is no longer part of the interval.
        #expect(verdict(claim, ["a": [5, 15, 15, 15, 15, 15, 15, 15, 15, 25]]) == .proven)
    }

    @Test func `of an exact number is refuted by any other`() {
        let claim = Claim.Condition.within(arm: "a", measure: "x", 600...600)
        #expect(verdict(claim, ["a": [600, 600, 600, 600]]) == .proven)
        #expect(verdict(claim, ["a": [601, 601, 601, 601]]) == .refuted)
        #expect(verdict(claim, ["a": [600, 600, 600, 601]]) == .inconclusive)
    }

    @Test func `is not known from fewer than four runs, or without the arm or the measure`() {
        let claim = Claim.Condition.within(arm: "a", measure: "x", 600...600)
        #expect(verdict(claim, ["a": [600, 600, 600]]) == .inconclusive)
        #expect(verdict(claim, ["a": [1, 1, 1]]) == .inconclusive)
        #expect(verdict(claim, ["b": [600, 600, 600, 600]]) == .inconclusive)
        #expect(
            verdict(.within(arm: "a", measure: "y", 0...1), ["a": [1, 1, 1, 1]]) == .inconclusive)
        #expect(verdict(claim, ["a": [.nan, 600, 600, 600]]) == .inconclusive)
        let more = Claim.Condition.more(arm: "b", than: "a", measure: "x")
        #expect(verdict(more, ["a": [1, 1, 1], "b": [2, 2, 2]]) == .inconclusive)
        #expect(verdict(more, ["a": [1, 1, 1, 1]]) == .inconclusive)
        let ratio = Claim.Condition.ratio(arm: "b", to: "a", measure: "x", 2...2)
        #expect(verdict(ratio, ["a": [1, 1, 1, 1], "b": [2, 2, 2]]) == .inconclusive)
        #expect(verdict(ratio, ["b": [2, 2, 2, 2]]) == .inconclusive)
    }

    @Test func `of a ratio is judged by the interval of the ratio`() {
        let claim = Claim.Condition.ratio(arm: "b", to: "a", measure: "x", 1.9...2.1)
        #expect(verdict(claim, ["a": [10, 10, 10, 10], "b": [20, 20, 20, 20]]) == .proven)
        #expect(verdict(claim, ["a": [10, 10, 10, 10], "b": [30, 30, 30, 30]]) == .refuted)
        #expect(
            verdict(claim, ["a": [5, 10, 10, 20, 40], "b": [10, 20, 20, 30, 60]])
                == .inconclusive)
        // No ratio to nothing.
        #expect(
            verdict(claim, ["a": [0, 0, 0, 0], "b": [20, 20, 20, 20]]) == .inconclusive)
    }

    @Test func `of more or less is judged by rank, in its direction`() {
        let (few, many) = ([1.0, 2, 3, 4, 5], [11.0, 12, 13, 14, 15])
        let more = Claim.Condition.more(arm: "b", than: "a", measure: "x")
        let less = Claim.Condition.less(arm: "b", than: "a", measure: "x")
        #expect(verdict(more, ["a": few, "b": many]) == .proven)
        #expect(verdict(less, ["a": few, "b": many]) == .refuted)
        #expect(verdict(more, ["a": many, "b": few]) == .refuted)
        #expect(verdict(less, ["a": many, "b": few]) == .proven)
        // Known to be the same is not more.
        #expect(verdict(more, ["a": [9, 9, 9, 9], "b": [9, 9, 9, 9]]) == .refuted)
        #expect(verdict(more, ["a": few, "b": [2, 3, 1, 9, 4]]) == .inconclusive)
        // Four runs each are just enough: all apart happens by chance in 2 of 70.
        #expect(verdict(more, ["a": [1, 2, 3, 4], "b": [5, 6, 7, 8]]) == .proven)
        #expect(verdict(more, ["a": [1, 2, 3, 5], "b": [4, 6, 7, 8]]) != .proven)
    }

    @Test func `makes an experiment refuted where one is, and proven where all are`() {
        #expect(Verdict(all: [.proven, .proven]) == .proven)
        #expect(Verdict(all: [.proven, .inconclusive]) == .inconclusive)
        #expect(Verdict(all: [.inconclusive, .refuted, .proven]) == .refuted)
        #expect(Verdict(all: []) == .inconclusive)
    }
}

/// By the binomial distribution: with n measurements the k-th from either end hold the median with 1 - 2 P(Bin(n, ½) < k).
@Suite struct `The interval of a median` {
    /// As tables have it (SciPy's binom.cdf(k - 1, n, 0.5)).
    private static let table: [(count: Int, from: Int, to: Int, confidence: Double)] = [
        (1, 1, 1, 0), (2, 1, 2, 0.5), (3, 1, 3, 0.75), (4, 1, 4, 0.875), (5, 1, 5, 0.9375),
        (6, 1, 6, 0.96875), (8, 1, 8, 0.9921875), (9, 2, 8, 0.9609375),
        (10, 2, 9, 0.978515625), (12, 3, 10, 0.96142578125), (15, 4, 12, 0.96484375),
        (17, 5, 13, 0.950958251953125), (20, 6, 15, 0.9586105346679688),
        (30, 10, 21, 0.9572260547429323), (100, 40, 61, 0.9647997997822952),
    ]

    @Test func `is between the measurements that tables name`() throws {
        var generator = SeededGenerator(seed: 1)
        for row in Self.table {
            let values = (1...row.count).map(Double.init).shuffled(using: &generator)
            let interval = try #require(MedianInterval(Sample(values)))
            #expect(interval.low == Double(row.from), "\(row)")
            #expect(interval.high == Double(row.to), "\(row)")
            #expect(abs(interval.confidence - row.confidence) < 1e-12, "\(row)")
        }
        #expect(MedianInterval(Sample([])) == nil)
    }

    @Test func `holds the median as often as it says`() throws {
        var generator = SeededGenerator(seed: 3)
        for (count, share) in [(5, 0.9375), (10, 0.9785)] {
            let repeats = 2000
            var held = 0
            for _ in 0..<repeats {
                // Far from normal; its median is 1/8.
                let sample = Sample(
                    (0..<count).map { _ in
                        let unit = Double.random(in: 0..<1, using: &generator)
                        return unit * unit * unit
                    })
                let interval = try #require(MedianInterval(sample))
                if interval.low <= 0.125, 0.125 <= interval.high { held += 1 }
            }
            // Three standard deviations.
            let slack = 3 * (share * (1 - share) / Double(repeats)).squareRoot()
            #expect(abs(Double(held) / Double(repeats) - share) <= slack, "\(count): \(held)")
        }
    }
}
