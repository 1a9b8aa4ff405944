import Model
import Statistics
import Testing

@testable import Lab

@Suite struct `A proof's judge` {
    private static let measures = [
        WorkloadMeasure(Measure("errors", "errors", .count, better: .down), .decisive),
        WorkloadMeasure(Measure("rate", "rate", .perSecond, better: .up), .decisive),
        WorkloadMeasure(Measure("cpu", "CPU", .ratio, better: .down), .beside),
        WorkloadMeasure(Measure("time", "time", .seconds, better: .down), .answered),
    ]

    private func arm(_ values: [String: [Double]]) -> ArmResult {
        let count = values.values.map(\.count).max() ?? 0
        return ArmResult(
            name: "x", role: .baseline, settings: [:],
            trials: (0..<count).map { place in
                Trial(
                    values: values.compactMapValues { $0.indices.contains(place) ? $0[place] : nil }
                )
            })
    }

    private func metrics(_ before: [String: [Double]], _ after: [String: [Double]]) -> [ProofMetric]
    {
        ProofJudge.metrics(Self.measures, before: arm(before), after: arm(after), seed: 1)
    }

    private static let steady: [String: [Double]] = [
        "errors": [0, 0, 0, 0, 0], "rate": [100, 101, 100, 99, 100],
        "cpu": [0.5, 0.51, 0.5, 0.49, 0.5], "time": [0.010, 0.011, 0.010, 0.010, 0.012],
    ]

    private func steady(_ changes: [String: [Double]]) -> [String: [Double]] {
        Self.steady.merging(changes) { $1 }
    }

    @Test func `of two alike says that nothing has changed`() {
        let metrics = metrics(Self.steady, Self.steady)
        #expect(metrics.filter { $0.role == .decisive }.allSatisfy { $0.verdict == .same })
        #expect(ProofVerdict(metrics) == .noEffect)
    }

    @Test func `knows better from worse, and both at once`() {
        let bad = steady(["errors": [90, 91, 92, 90, 95]])
        #expect(ProofVerdict(metrics(bad, Self.steady)) == .helps)
        #expect(ProofVerdict(metrics(Self.steady, bad)) == .hurts)
        let slow = steady(["rate": [50, 51, 52, 50, 49]])
        #expect(ProofVerdict(metrics(bad, slow)) == .mixed)
    }

    @Test func `finds what is lost beside what the workload is about`() {
        let dear = steady(["cpu": [0.9, 0.91, 0.9, 0.93, 0.9]])
        #expect(ProofVerdict(metrics(Self.steady, dear)) == .hurts)
    }

    @Test func `passes over what differs by too little to matter`() {
        // Told apart with certainty, by 2 %.
        let near = steady(["rate": [102, 102.1, 102.2, 102.3, 102.4]])
        #expect(ProofVerdict(metrics(Self.steady, near)) == .noEffect)
    }

    @Test func `does not judge the times of those that were answered where others were not`() {
        let bad = steady(["errors": [90, 91, 92, 90, 95], "time": [0.1, 0.11, 0.1, 0.12, 0.1]])
        let time = metrics(bad, Self.steady).first { $0.name == "time" }
        #expect(time?.verdict == .less)
        let slower = metrics(Self.steady, steady(["time": [0.1, 0.11, 0.1, 0.12, 0.1]]))
        #expect(slower.first { $0.name == "time" }?.verdict == .worse)
    }

    @Test func `of a time that is much longer, and still short, says so`() {
        let short = steady(["time": [0.000_04, 0.000_041, 0.000_04, 0.000_039, 0.000_04]])
        let longer = steady(["time": [0.000_3, 0.000_31, 0.000_3, 0.000_32, 0.000_3]])
        let time = metrics(short, longer).first { $0.name == "time" }
        #expect(time?.verdict == .more && time?.belowSeconds == 0.001)
        let back = metrics(longer, short).first { $0.name == "time" }
        #expect(back?.verdict == .less && back?.belowSeconds == 0.001)
        // It is no loss, and no other requests were answered.
        #expect(ProofVerdict(metrics(short, longer)) == .noEffect)
        // Too few runs to tell are no reason to call it the same.
        let few = { (values: [String: [Double]]) in values.mapValues { Array($0.prefix(3)) } }
        #expect(metrics(few(short), few(longer)).first { $0.name == "time" }?.verdict == .unclear)
        let like = metrics(short, short).first { $0.name == "time" }
        #expect(like?.verdict == .same && (like?.marginRatio ?? 1) <= 0.25)
    }

    @Test func `of processor time passes over what is nothing at the rate of the host`() {
        var measure = WorkloadMeasure(
            Measure("client_cpu_seconds", "CPU", .seconds, better: .down), .beside)
        func verdict() -> ProofMetric? {
            ProofJudge.metrics(
                [measure],
                before: arm(["client_cpu_seconds": [3e-5, 3.1e-5, 3e-5, 2.9e-5, 3e-5, 3.1e-5]]),
                after: arm(["client_cpu_seconds": [4e-5, 4.1e-5, 4e-5, 3.9e-5, 4.2e-5, 4e-5]]),
                seed: 1
            ).first
        }
        #expect(verdict()?.verdict == .worse)
        // 10 µs more at 26 connections/s are 0.03 % of a processor.
        measure.leastCPUSeconds = 0.01 / 26
        #expect(verdict()?.verdict == .more && verdict()?.belowSeconds == 0.01 / 26)
    }

    @Test func `says nothing of too few runs`() {
        let two = Self.steady.mapValues { Array($0.prefix(2)) }
        #expect(ProofVerdict(metrics(two, two)) == .inconclusive)
        #expect(ProofVerdict(metrics(Self.steady, [:])) == .inconclusive)
    }

    @Test func `calls the same settings different in at most one of twenty`() {
        var generator = SeededGenerator(seed: 2)
        func noise(_ level: Double) -> [Double] {
            (0..<5).map { _ in
                // The sum of twelve is normal enough, with a deviation of a tenth.
                let sum = (0..<12).reduce(0.0) { sum, _ in
                    sum + Double.random(in: 0..<1, using: &generator)
                }
                return level * (1 + (sum - 6) / 10)
            }
        }
        func run() -> [String: [Double]] {
            ["errors": noise(100), "rate": noise(100), "cpu": noise(1), "time": noise(1)]
        }
        let wrong = (0..<200).count { _ in
            metrics(run(), run()).contains(where: \.isDifferent)
        }
        #expect(wrong <= 10, "\(wrong) of 200")
    }

    @Test func `corrects for several tests as Holm does`() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        for (ours, known) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
            #expect(abs(ours - known) < 1e-12)
        }
    }
}
