import Lab
import Model
import Testing

@testable import Report

@Suite struct `The series of several runs` {
    private func arm(_ name: String, _ runs: [[String: [Double]]]) -> ArmResult {
        ArmResult(
            name: name, role: .baseline, settings: [:],
            trials: runs.map { Trial(series: $0, seriesStep: 0.1) })
    }

    @Test func `become one by the median of each step`() {
        let series = ArmSeries([
            arm(
                "now",
                [["ports_used": [1, 2, 3]], ["ports_used": [3, 4]], ["ports_used": [2, 9]]])
        ])
        #expect(series.median("ports_used", of: "now") == [2, 4, 3])
        #expect(series.median("nothing", of: "now").isEmpty)
    }

    @Test func `of what never occurred are 0 where another arm has it`() {
        let series = ArmSeries([
            arm("now", [["EADDRNOTAVAIL": [0, 7], "completed": [5, 5]]]),
            arm("then", [["completed": [5, 5]]]),
        ])
        #expect(series.median("EADDRNOTAVAIL", of: "then") == [0, 0])
        #expect(series.isMoving("EADDRNOTAVAIL") && !series.isMoving("completed"))
    }

    @Test func `end with the last whole step, and leave void runs out`() {
        var void = Trial(series: ["completed": [100, 100, 100, 100]], seriesStep: 0.1)
        void.void = "too busy"
        var now = arm("now", [["completed": [45, 45, 45, 2]]])
        now.trials.append(void)
        let series = ArmSeries([now], seconds: 0.3)
        #expect(series.median("completed", of: "now") == [45, 45, 45])
    }
}

@Suite struct `A change that is not known` {
    @Test func `is a tilde, never a percentage`() throws {
        let (first, second): ([Double], [Double]) = ([10, 20, 30, 40, 50], [12, 18, 33, 41, 55])
        let metrics = ProofScene.metrics(first, second)
        #expect(metrics.map { ProofFigures.change($0) } == ["~"])
        let apart = ProofScene.metrics(first, [110, 120, 130, 140, 150])
        #expect(apart.map { ProofFigures.change($0) }.allSatisfy { $0.hasPrefix("+333 % (") })
    }
}

/// Numbers as a proof judges them.
private enum ProofScene {
    static func metrics(_ before: [Double], _ after: [Double]) -> [ProofMetric] {
        let measure = WorkloadMeasure(Measure("rate", "rate", .perSecond, better: .up), .decisive)
        func arm(_ values: [Double]) -> ArmResult {
            ArmResult(
                name: "x", role: .baseline, settings: [:],
                trials: values.map { Trial(values: ["rate": $0]) })
        }
        return ProofJudge.metrics([measure], before: arm(before), after: arm(after), seed: 1)
    }
}
