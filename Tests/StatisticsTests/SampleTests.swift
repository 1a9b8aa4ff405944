import FoundationEssentials
import Testing

@testable import Statistics

@Suite struct `Statistics` {
    /// What SciPy 1.17 says of the same numbers: `mannwhitneyu` where there are no ties or many numbers, and all ways to part the
    /// ranks (`rankdata`) where there are few.
    struct Reference: Decodable {
        let first: [Double]
        let second: [Double]
        let u: Double
        let p: Double
        let delta: Double
        let median_first: Double
        let median_second: Double
        let quantile_first_90: Double
    }

    private func references() throws -> [Reference] {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let path = folder.joined(separator: "/") + "/Fixtures/rank-tests.json"
        return try JSONDecoder().decode(
            [Reference].self, from: Data(contentsOf: URL(filePath: path)))
    }

    @Test func `agree with SciPy`() throws {
        let references = try references()
        #expect(references.count == 11)
        for reference in references {
            let (first, second) = (Sample(reference.first), Sample(reference.second))
            let test = try #require(RankTest(first, second))
            #expect(test.u == reference.u)
            #expect(
                abs(test.p - reference.p) < 1e-9,
                "\(reference.first) \(reference.second): \(test.p)")
            #expect(abs(test.delta - reference.delta) < 1e-12)
            #expect(first.median == reference.median_first)
            #expect(second.median == reference.median_second)
            let quantile = try #require(first.quantile(0.9))
            #expect(abs(quantile - reference.quantile_first_90) < 1e-12)
        }
    }

    @Test func `find a difference where there is none in at most one of twenty`() {
        var generator = SeededGenerator(seed: 42)
        for runs in [5, 7, 12] {
            var found = 0
            let repeats = 400
            for _ in 0..<repeats {
                let draw = {
                    Sample((0..<runs).map { _ in Double.random(in: 0..<1, using: &generator) })
                }
                if let test = RankTest(draw(), draw()), test.p < Comparison.significance {
                    found += 1
                }
            }
            // Five in a hundred, and what 400 repeats let it vary (three standard deviations: 3.3).
            #expect(Double(found) / Double(repeats) <= 0.083, "\(runs) runs: \(found)")
        }
    }

    @Test func `know better, worse, same and unclear apart`() throws {
        let before = Sample([100, 101, 99, 100.5, 100.2])
        func verdict(_ after: [Double], _ direction: Comparison.Direction) throws
            -> Comparison.Verdict
        {
            try #require(Comparison(before, Sample(after), better: direction)).verdict
        }
        #expect(try verdict([150, 151, 149, 152, 148], .up) == .better)
        #expect(try verdict([150, 151, 149, 152, 148], .down) == .worse)
        #expect(try verdict([100, 101, 99.2, 100.4, 100.3], .up) == .same)
        #expect(try verdict([60, 160, 100, 140, 90], .up) == .unclear)
        let change = try #require(
            Comparison(before, Sample([150, 151, 149, 152, 148]), better: .up))
        #expect(abs((change.changeRatio ?? 0) - 0.497) < 0.01)
        #expect(change.interval.low > 0.45 && change.interval.high < 0.55)
    }

    @Test func `hold the true difference in about 95 of 100 intervals`() throws {
        var generator = SeededGenerator(seed: 7)
        var held = 0
        for round in 0..<60 {
            // Medians 0.5 and 1.5.
            let first = Sample((0..<15).map { _ in Double.random(in: 0..<1, using: &generator) })
            let second = Sample((0..<15).map { _ in Double.random(in: 1..<2, using: &generator) })
            let interval = try #require(Bootstrap.difference(first, second, seed: UInt64(round)))
            if interval.low <= 1, 1 <= interval.high { held += 1 }
        }
        #expect((51...60).contains(held), "\(held) of 60")
    }

    @Test func `are repeated by their seed`() throws {
        let (first, second) = (Sample([1, 2, 3, 4, 8]), Sample([2, 3, 4, 5, 9]))
        #expect(
            Bootstrap.ratio(first, second, seed: 3) == Bootstrap.ratio(first, second, seed: 3))
        #expect(Bootstrap.ratio(Sample([0, 0, 1]), second, seed: 3) == nil)
        #expect(Comparison(Sample([]), second, better: .up) == nil)
        #expect(Sample([.nan, .infinity, 1]).values == [1])
        #expect(
            try #require(Comparison(Sample([0, 0, 0, 0]), Sample([0, 0, 0, 0]), better: .up))
                .verdict
                == .same)
    }
}
