import Catalogue
import Model
import Statistics

/// What two documents of one kind hold that can be compared.
struct ComparedSides: Sendable {
    var kind: ComparisonJSON.Kind
    var before: [Metric] = []
    var after: [Metric] = []
    var settings: (before: [String: String], after: [String: String]) = ([:], [:])
    var findings: (before: [ComparisonJSON.Finding], after: [ComparisonJSON.Finding]) = ([], [])
    /// Why one of them says nothing.
    var void: String?
    var notes: [String] = []
    /// A load that goes as fast as it is answered: the machine's own speed is in its rate.
    var isAsFastAsCan = false
}

extension ComparedSides {
    init(_ first: LoadJSON, _ second: LoadJSON) {
        self.init(kind: .load)
        let (one, other) = (LoadMetrics(first), LoadMetrics(second))
        before = one.metrics(against: other)
        after = other.metrics(against: one)
        // An error that occurred in neither is no quantity of the two.
        let errors = Set(
            (before + after).filter { $0.values.contains { $0 != 0 } }.map(\.name))
        let occurred = { (metric: Metric) in
            !metric.name.hasPrefix("errors_") || errors.contains(metric.name)
        }
        before = before.filter(occurred)
        after = after.filter(occurred)
        settings = (one.settings, other.settings)
        void = first.void ?? second.void
        isAsFastAsCan = [first, second].contains { $0.settings.pace == "closed" }
        if first.interrupted || second.interrupted {
            notes.append("one of the two was interrupted")
        }
    }

    init(_ first: LabJSON, _ second: LabJSON) {
        self.init(kind: .lab)
        before = first.experiments.flatMap(Self.metrics)
        after = second.experiments.flatMap(Self.metrics)
        settings = (
            Self.settings(first.experiments.flatMap { one in one.arms.map { (one.name, $0) } }),
            Self.settings(second.experiments.flatMap { one in one.arms.map { (one.name, $0) } })
        )
        let families = [first, second].map { Set($0.experiments.compactMap(\.family?.name)) }
        if families[0] != families[1], !families.contains([]) {
            let names = families.map { $0.sorted().joined(separator: " and ") }
            notes.append("the first used \(names[0]), the second \(names[1])")
        }
        let together = (first.experiments + second.experiments).filter(Self.isTogether).map(\.name)
        if !together.isEmpty {
            let names = Set(together).sorted().joined(separator: ", ")
            notes.append(
                "not rated: the runs of \(names) waited side by side, so each side has one observation; compare the results of several invocations"
            )
        }
    }

    init(_ first: Proof, _ second: Proof) {
        self.init(kind: .prove)
        before = Self.metrics(first.arms, first.measures, of: "")
        after = Self.metrics(second.arms, second.measures, of: "")
        settings = (
            Self.settings(first.arms.map { ("", $0) }),
            Self.settings(second.arms.map { ("", $0) })
        )
        if first.workload.text != second.workload.text {
            notes.append("the two workloads differ")
        }
        void = first.void ?? second.void
    }

    /// What was proven, and every measure of every arm.
    private static func metrics(_ result: ExperimentResult) -> [Metric] {
        guard result.unavailable == nil else { return [] }
        let verdict = Metric(
            result.name + "/claims_proven", "claims confirmed: \(result.name)", .count, better: .up,
            [Double(result.claims.count { $0.verdict == .proven })])
        return [verdict]
            + metrics(
                result.arms, result.measures, of: result.name, isTogether: isTogether(result))
    }

    /// Whether its runs waited side by side: what one of them met all met, so that they are one observation.
    static func isTogether(_ result: ExperimentResult) -> Bool {
        ExperimentID(rawValue: result.name)?.runsSideBySide == true
    }

    private static func metrics(
        _ arms: [ArmResult], _ measures: [Measure], of whole: String, isTogether: Bool = false
    ) -> [Metric] {
        arms.flatMap { arm in
            measures.map { measure in
                let sample = arm.sample(measure.name)
                var metric = Metric(
                    measure, of: whole.isEmpty ? arm.name : whole + "/" + arm.name,
                    isTogether ? sample.median.map { [$0] } ?? [] : sample.values)
                metric.title += ", \(arm.name)"
                return metric
            }
        }
    }

    private static func settings(_ arms: [(String, ArmResult)]) -> [String: String] {
        var settings: [String: String] = [:]
        for (whole, arm) in arms {
            for (key, value) in arm.settings {
                settings[(whole.isEmpty ? "" : whole + ", ") + "\(arm.name): \(key)"] = value
            }
        }
        return settings
    }
}
