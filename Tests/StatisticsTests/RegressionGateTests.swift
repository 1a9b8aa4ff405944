import Glibc
import Model
import Testing

@testable import Statistics

@Suite struct `A condition of failure` {
    @Test(
        arguments: [
            ("worse", nil, nil), ("worse>5%", nil, 0.05), ("worse > 12.5 %", nil, 0.125),
            ("p99:worse", "p99", nil), ("reuse/a: b/connects:worse>0%", "reuse/a: b/connects", 0),
        ] as [(String, String?, Double?)])
    func `is read as it is typed`(text: String, metric: String?, ratio: Double?) throws {
        let gate = try #require(RegressionGate(text))
        #expect(gate.metric == metric && gate.ratio == ratio && gate.text == text)
    }

    @Test(arguments: [
        "", "better", "worse>", "worse>5", "worse>%", "worse>-5%", "worse>1e3%", "worse>nan%",
        "worse>5%>6%", ":worse", "worse<5%", "worse>.%", "worse5%",
    ])
    func `that says nothing is refused`(text: String) {
        #expect(RegressionGate(text) == nil)
    }

    private func change(
        _ before: [Double], _ after: [Double], basis: Metric.Basis = .unknown
    ) throws -> MetricChange {
        try #require(
            MetricChange.all(
                [Metric("a/p99", "", .seconds, better: .down, before, basis: basis)],
                [Metric("a/p99", "", .seconds, better: .down, after, basis: basis)],
                isInTurn: true
            ).changes.first)
    }

    /// Five runs about a value.
    private func runs(_ value: Double) -> [Double] {
        [0, 0.001, -0.001, 0.002, -0.002].map { value * (1 + $0) }
    }

    @Test func `counts what is worse beyond its share`() throws {
        let small = try change(runs(100), runs(103))
        let large = try change(runs(100), runs(120))
        let fresh = try change(runs(0), runs(1))
        let good = try change(runs(100), runs(50))
        func failed(_ gate: String) -> [Bool] {
            [small, large, fresh, good].map {
                RegressionGate(gate)?.failures([$0]).isEmpty == false
            }
        }
        #expect(failed("worse") == [false, true, true, false])
        // 3 % are the same: a change by less than 5 % does not matter.
        #expect(failed("worse>2%") == [false, true, true, false])
        #expect(failed("worse>25%") == [false, false, true, false])
        #expect(failed("p99:worse>10%") == [false, true, true, false])
        #expect(failed("p9:worse>10%") == [false, false, false, false])
    }

    @Test func `of what was counted at two times goes by its own share`() throws {
        let gate = try #require(RegressionGate("worse>2%"))
        #expect(
            gate.failures([try change([100], [103], basis: .fact(isFlowing: false))]).count == 1)
        #expect(gate.failures([try change([100], [98], basis: .fact(isFlowing: false))]).isEmpty)
    }

    @Test func `is undecided where nothing tells how much it varies`() throws {
        let single = try change([100], [200])
        for text in ["worse", "worse>5%", "p99:worse>5%"] {
            let gate = try #require(RegressionGate(text))
            #expect(gate.failures([single]).isEmpty && gate.isUndecided([single]))
            #expect(!gate.isUndecided([single, try change(runs(1), runs(1))]))
        }
    }

    @Test func `asks for significance where there were runs`() throws {
        let gate = try #require(RegressionGate("worse>5%"))
        let noise = try change([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])
        #expect(noise.verdict == .unclear && gate.failures([noise]).isEmpty)
        let slower = try change([1, 2, 3, 4, 5], [11, 12, 13, 14, 15])
        #expect(slower.verdict == .worse && gate.failures([slower]).count == 1)
    }
}

@Suite struct `A change of a metric` {
    private func change(
        _ before: [Double], _ after: [Double], better: Measure.Direction? = .up,
        basis: Metric.Basis = .unknown
    ) -> MetricChange? {
        MetricChange.all(
            [Metric("x", "x", .count, better: better, before, basis: basis)],
            [Metric("x", "x", .count, better: better, after, basis: basis)]
        ).changes.first
    }

    @Test func `counted at two times goes by its direction beyond the margin`() throws {
        let cases: [(Double, Double, Comparison.Verdict, Double?)] = [
            (100, 105, .same, 0.05), (100, 106, .better, 0.06), (100, 94, .worse, -0.06),
            (0, 0, .same, nil), (0, 3, .better, nil), (-10, -20, .worse, 1),
        ]
        for (before, after, verdict, ratio) in cases {
            let change = try #require(
                self.change([before], [after], basis: .fact(isFlowing: false)))
            #expect(change.verdict == verdict, "\(before) \(after)")
            #expect(change.p == nil && change.interval.isEmpty && change.isSingle)
            #expect(change.changeRatio.map { ($0 * 100).rounded() / 100 } == ratio)
        }
        // 100 sockets are 130 a moment later without anything having happened; 1000 are not 1300.
        let few = try #require(change([100], [130], better: .down, basis: .fact(isFlowing: true)))
        let many = try #require(
            change([1000], [1300], better: .down, basis: .fact(isFlowing: true)))
        #expect(few.verdict == .unclear && !few.isApart && many.verdict == .worse)
    }

    @Test func `of single observations is not rated where nothing tells how they vary`() throws {
        let change = try #require(self.change([100], [300]))
        #expect(change.verdict == .unclear && !change.isJudged && !change.isApart)
    }

    private func tenths(_ seed: UInt64, around level: Double, spread: Double) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<50).map { _ in level * (1 + spread * generator.normal()) }
    }

    @Test func `of single runs is told by their tenths of a second`() throws {
        func change(_ level: Double, spread: Double) throws -> MetricChange {
            let sides = try [(100.0, UInt64(1)), (level, 2)].map { level, seed in
                let noise = try #require(
                    SeriesNoise(tenths(seed, around: level, spread: spread)))
                return Metric(
                    "x", "x", .count, better: .up, [level],
                    basis: .tenths(noise, between: 0.035))
            }
            return try #require(MetricChange.all([sides[0]], [sides[1]]).changes.first)
        }
        let same = try change(103, spread: 0.02)
        #expect(same.verdict == .unclear && same.interval.count == 2 && same.basis == .tenths)
        #expect(try change(120, spread: 0.02).verdict == .better)
        #expect(try change(80, spread: 0.02).verdict == .worse)
        // What varies as much from tenth to tenth says less.
        #expect(try change(120, spread: 0.8).verdict == .unclear)
    }

    @Test func `of failures counts a tenth of a second once`() throws {
        func verdict(_ before: Int, _ after: Int) throws -> Comparison.Verdict {
            let sides = [(0.0, before), (500.0, after)].map {
                Metric("x", "x", .count, better: .down, [$0], basis: .occurrences(tenths: $1))
            }
            return try #require(MetricChange.all([sides[0]], [sides[1]]).changes.first).verdict
        }
        // 500 of them in four tenths are one stall as well as they are a change.
        #expect(try verdict(0, 4) == .unclear)
        #expect(try verdict(0, 30) == .worse)
        #expect(try verdict(28, 30) == .unclear)
    }

    @Test func `of which neither way is better is no more than seen`() throws {
        let single = try #require(change([1], [2], better: nil, basis: .fact(isFlowing: false)))
        #expect(single.verdict == .unclear && single.isApart)
        let several = try #require(change([1, 2, 3, 4, 5], [11, 12, 13, 14, 15], better: nil))
        #expect(several.verdict == .unclear && several.isApart)
        let none = try #require(change([1, 2, 3, 4, 5], [2, 1, 4, 3, 6], better: nil))
        #expect(!none.isApart)
    }

    @Test func `of what was not measured is none`() {
        #expect(change([], [1]) == nil && change([1], [.nan]) == nil)
    }

    @Test func `pairs what both have, and names the rest`() {
        func metric(_ name: String) -> Metric { Metric(name, name, .count, [1]) }
        let (changes, unmatched) = MetricChange.all(
            [metric("a"), metric("b")], [metric("b"), metric("c")])
        #expect(changes.map(\.name) == ["b"])
        #expect(Set(unmatched) == ["a", "c"])
    }
}
