import Lab
import Testing

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

    private func change(_ before: [Double], _ after: [Double]) throws -> MetricChange {
        try #require(
            MetricChange(
                Metric("a/p99", "", .seconds, better: .down, before),
                Metric("a/p99", "", .seconds, better: .down, after)))
    }

    @Test func `counts what is worse beyond its share`() throws {
        let small = try change([100], [103])
        let large = try change([100], [120])
        let fresh = try change([0], [1])
        let good = try change([100], [50])
        func failed(_ gate: String) -> [Bool] {
            [small, large, fresh, good].map {
                RegressionGate(gate)?.failures([$0]).isEmpty == false
            }
        }
        #expect(failed("worse") == [false, true, true, false])
        #expect(failed("worse>2%") == [true, true, true, false])
        #expect(failed("worse>25%") == [false, false, true, false])
        #expect(failed("p99:worse>10%") == [false, true, true, false])
        #expect(failed("p9:worse>10%") == [false, false, false, false])
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
        _ before: [Double], _ after: [Double], better: Measure.Direction? = .up
    ) -> MetricChange? {
        MetricChange(
            Metric("x", "x", .count, better: better, before),
            Metric("x", "x", .count, better: better, after))
    }

    @Test func `of single observations goes by its direction beyond the margin`() throws {
        let cases: [(Double, Double, Comparison.Verdict, Double?)] = [
            (100, 105, .same, 0.05), (100, 106, .better, 0.06), (100, 94, .worse, -0.06),
            (0, 0, .same, nil), (0, 3, .better, nil), (-10, -20, .worse, 1),
        ]
        for (before, after, verdict, ratio) in cases {
            let change = try #require(self.change([before], [after]))
            #expect(change.verdict == verdict, "\(before) \(after)")
            #expect(change.p == nil && change.interval.isEmpty && change.isSingle)
            #expect(change.changeRatio.map { ($0 * 100).rounded() / 100 } == ratio)
        }
    }

    @Test func `of which neither way is better is no more than seen`() throws {
        let single = try #require(change([1], [2], better: nil))
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
