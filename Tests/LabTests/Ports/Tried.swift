import Model
import Statistics
import Testing

@testable import Lab

/// Shipped experiments with few runs, as they are and with what makes them true taken away.
enum Tried {
    /// The fewest that prove anything.
    static func run(_ experiment: Experiment, runs: Int = Comparison.fewestRuns) throws
        -> ExperimentResult
    {
        try ExperimentRun(experiment, runs: runs).run()
    }

    /// As a user does: what stays inconclusive because the machine was busy is run again, twice at most.
    static func decided(_ experiment: Experiment) throws -> ExperimentResult {
        var result = try run(experiment)
        for _ in 0..<2 where result.verdict == .inconclusive && result.unavailable == nil {
            result = try run(experiment)
        }
        return result
    }

    /// The experiment with another thing done where an arm is asked for: as much of it as a claim needs.
    static func mutated(
        _ experiment: Experiment, _ name: String, claim: String,
        _ change: @escaping @Sendable (inout Arm) -> Void
    ) throws -> Experiment {
        let claim = try #require(experiment.claims.first { $0.text == claim })
        let named = claim.condition.arms
        try #require(named.contains(name))
        var mutated = experiment
        mutated.arms.removeAll { !named.contains($0.name) }
        mutated.claims.removeAll { !named.isSuperset(of: $0.condition.arms) }
        mutated.trial = { (arm, conditions) throws(Refusal) in
            var arm = arm
            if arm.name == name { change(&arm) }
            return try experiment.trial(arm, conditions)
        }
        return mutated
    }

    /// What was claimed and did not turn out so, for a message.
    static func doubts(_ result: ExperimentResult) -> Comment {
        let doubts = result.claims.filter { $0.verdict != .proven }
            .map { "\($0.text): \($0.verdict.rawValue), \($0.evidence)" }
        return Comment(
            rawValue: (doubts + result.notes + [result.unavailable ?? ""])
                .joined(separator: "\n"))
    }
}

extension Claim.Condition {
    /// The arms that it is about.
    var arms: Set<String> {
        switch self {
        case .within(let arm, _, _): [arm]
        case .ratio(let arm, let other, _, _), .more(let arm, let other, _),
            .less(let arm, let other, _):
            [arm, other]
        }
    }

    var measure: String {
        switch self {
        case .within(_, let measure, _), .ratio(_, _, let measure, _), .more(_, _, let measure),
            .less(_, _, let measure):
            measure
        }
    }
}
