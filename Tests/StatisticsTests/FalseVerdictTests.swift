import Glibc
import Model
import Testing

@testable import Statistics

extension SeededGenerator {
    /// A standard normal number (Box and Muller).
    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }
}

/// How often a comparison of two alike says that they differ, and how often it finds what differs.
@Suite struct `A comparison of several quantities` {
    /// What a load measures: some of it follows the same ups and downs, and has a long tail.
    private static let names = ["rate", "answered", "median", "connect", "tail", "CPU", "late"]

    private func runs(
        _ count: Int, shift: Double = 0, noise: Double = 0.03, _ generator: inout SeededGenerator
    ) -> [[Double]] {
        (0..<count).map { _ in
            let common = generator.normal()
            return Self.names.indices.map { index in
                let own = generator.normal()
                let isTail = index == 4 || index == 6
                let spread = (isTail ? 10 : 1) * noise
                return 100 * exp(shift + spread * (0.7 * common + 0.7 * own))
            }
        }
    }

    private func adjusted(_ before: [[Double]], _ after: [[Double]]) -> [Double] {
        StepDown.adjusted(
            Self.names.indices.map { index in
                StepDown.Pair(before.map { $0[index] }, after.map { $0[index] })
            })
    }

    @Test func `of equals says that one differs in at most one of twenty`() {
        var generator = SeededGenerator(seed: 6)
        let pairs = 200
        let wrong = (0..<pairs).count { _ in
            let chances = adjusted(
                runs(5, noise: 0.1, &generator), runs(5, noise: 0.1, &generator))
            return chances.contains { $0 < Comparison.significance }
        }
        // Five in a hundred, and what 200 repeats let it vary (three standard deviations: 4.6).
        #expect(Double(wrong) / Double(pairs) <= 0.096, "\(wrong) of \(pairs)")
    }

    @Test func `finds a fifth nearly always, and a tenth mostly, in five runs`() {
        var generator = SeededGenerator(seed: 9)
        func found(_ ratio: Double) -> Int {
            (0..<50).count { _ in
                let chances = adjusted(
                    runs(5, &generator), runs(5, shift: log(1 + ratio), &generator))
                return chances[0] < Comparison.significance
            }
        }
        let (fifth, tenth) = (found(0.2), found(0.1))
        #expect(fifth >= 45, "\(fifth)")
        #expect(tenth >= 35, "\(tenth)")
    }

    @Test func `calls a change better, worse or neither, and passes over one that is small`() throws
    {
        func verdict(
            _ ratio: Double, better: Measure.Direction?, isInTurn: Bool = false,
            isAsFastAsCan: Bool = false, named name: String = "x"
        ) throws -> Comparison.Verdict {
            let before = [100.0, 101, 99, 100.5, 99.5]
            let changes = MetricChange.all(
                [Metric(name, "x", .count, better: better, before)],
                [Metric(name, "x", .count, better: better, before.map { $0 * (1 + ratio) })],
                isInTurn: isInTurn, isAsFastAsCan: isAsFastAsCan
            ).changes
            return try #require(changes.first).verdict
        }
        #expect(try verdict(0.2, better: .up) == .better)
        #expect(try verdict(0.2, better: .down) == .worse)
        #expect(try verdict(-0.2, better: .up) == .worse)
        #expect(try verdict(0.2, better: nil) == .unclear)
        // Told apart with certainty, by 3 %.
        #expect(try verdict(0.03, better: .down) == .same)
        // By 6 %: between two invocations the machine may have done that.
        #expect(try verdict(0.06, better: .down) == .unclear)
        #expect(try verdict(0.06, better: .down, isInTurn: true) == .worse)
        // As fast as it is answered, by 20 %: so may the machine's own speed.
        #expect(try verdict(0.2, better: .up, isAsFastAsCan: true) == .unclear)
        #expect(try verdict(0.3, better: .up, isAsFastAsCan: true) == .better)
        #expect(try verdict(0.2, better: .up, isInTurn: true, isAsFastAsCan: true) == .better)
        // The slow end varies most between two invocations.
        #expect(try verdict(0.5, better: .down, named: "x/total_p99_seconds") == .unclear)
        #expect(
            try verdict(0.5, better: .down, isInTurn: true, named: "x/total_p99_seconds") == .worse)
    }

    @Test func `takes no change for one that is within what the runs of an invocation differ by`()
        throws
    {
        func verdict(spread: Double, change: Double, isInTurn: Bool = false) throws
            -> Comparison.Verdict
        {
            let before = [0, 0.3, 0.5, 0.8, 1].map { 100 * (1 + spread * $0) }
            let after = before.map { $0 * (1 + change) }
            return try #require(
                MetricChange.all(
                    [Metric("x", "x", .count, better: .down, before)],
                    [Metric("x", "x", .count, better: .down, after)], isInTurn: isInTurn
                ).changes.first
            ).verdict
        }
        // The runs lie apart in both, and the machine may have moved them all.
        #expect(try verdict(spread: 0.15, change: 0.25) == .unclear)
        #expect(try verdict(spread: 0.15, change: 0.25, isInTurn: true) == .worse)
        #expect(try verdict(spread: 0.15, change: 0.4) == .worse)
        #expect(try verdict(spread: 0.02, change: 0.25) == .worse)
    }

    @Test func `can be significant however many there are`() {
        let before = (0..<5).map { run -> [Double] in
            (0..<40).map { index -> Double in
                let step: Int = (index * 7 + run * 3) % 11
                return Double(100 + step)
            }
        }
        var after = before.map { $0.reversed() as [Double] }
        for run in after.indices { after[run][0] = 200 + Double(run) }
        let pairs = (0..<40).map { index in
            StepDown.Pair(before.map { $0[index] }, after.map { $0[index] })
        }
        let adjusted = StepDown.adjusted(pairs)
        #expect(adjusted[0] < 0.01)
        // Holm's method alone would say 40 times the least chance that there is: 0.32.
        #expect(
            Holm.adjusted(pairs.map { RankTest(Sample($0.before), Sample($0.after))?.p ?? 1 })[0]
                > 0.3)
    }

    @Test func `of one alone is the rank test`() throws {
        let (first, second) = ([1.0, 3, 5, 7, 9], [6.0, 8, 10, 12, 2])
        let rank = try #require(RankTest(Sample(first), Sample(second))).p
        let adjusted = StepDown.adjusted([StepDown.Pair(first, second)])[0]
        // Equal ranks are told apart by size, so that it is never more.
        #expect(adjusted <= rank + 1e-9 && adjusted > rank / 2)
        #expect(StepDown.adjusted([StepDown.Pair([1, 1, 1], [1, 1, 1])]) == [1])
        #expect(StepDown.adjusted([StepDown.Pair([1], [])]) == [1] && StepDown.adjusted([]).isEmpty)
    }

    @Test func `of many runs is repeated by its seed`() {
        var generator = SeededGenerator(seed: 3)
        let pairs = [
            StepDown.Pair(
                (0..<12).map { _ in generator.unit() }, (0..<12).map { _ in generator.unit() + 1 })
        ]
        #expect(StepDown.adjusted(pairs, seed: 5) == StepDown.adjusted(pairs, seed: 5))
        #expect(StepDown.adjusted(pairs)[0] < 0.001)
    }
}

@Suite struct `The noise of a single run` {
    @Test func `of independent tenths is that of a mean`() throws {
        var generator = SeededGenerator(seed: 4)
        var errors: [Double] = []
        for _ in 0..<40 {
            let noise = try #require(
                SeriesNoise((0..<50).map { _ in 100 + 10 * generator.normal() }))
            errors.append(noise.error)
        }
        // 10 of 100, by the root of 50.
        let median = try #require(Sample(errors).median)
        #expect((0.011...0.018).contains(median), "\(median)")
    }

    @Test func `of tenths that are like their neighbours is larger`() throws {
        var generator = SeededGenerator(seed: 5)
        var wrong = 0
        for _ in 0..<100 {
            // Autocorrelation 0.8: fifty tell as much as five or six.
            var level = 0.0
            let values = (0..<50).map { _ in
                level = 0.8 * level + 0.6 * generator.normal()
                return 100 + 10 * level
            }
            guard let noise = SeriesNoise(values) else { continue }
            let mean = values.reduce(0, +) / 50
            let t = (mean / 100 - 1) / noise.error
            if StudentT.chance(t, freedom: max(noise.effective - 1, 1)) < 0.05 { wrong += 1 }
        }
        #expect(wrong <= 12, "\(wrong) of 100")
    }

    @Test func `is not told by a few, nor by a drift`() {
        #expect(SeriesNoise([1, 2, 3]) == nil)
        #expect(SeriesNoise([Double](repeating: 0, count: 20)) == nil)
        // One long ramp has no independent parts.
        #expect(SeriesNoise((1...40).map(Double.init)) == nil)
        #expect(SeriesNoise([Double](repeating: 7, count: 20))?.error == 0)
    }

    @Test(arguments: [
        // R: 2 * pt(-t, df)
        (2.0, 4.0, 0.116_116_52), (2.776_445, 4, 0.05), (1.959_964, 1e6, 0.050_000_3),
        (12.706_205, 1, 0.05), (0.5, 10, 0.627_898_1), (5, 30, 2.33e-5),
    ])
    func `has the distribution of Student`(t: Double, freedom: Double, p: Double) {
        #expect((StudentT.chance(t, freedom: freedom) - p).magnitude < 2e-6 + p * 1e-2)
        #expect((StudentT.beyond(p, freedom: freedom) - t).magnitude < 0.02)
    }
}
