import Testing

@testable import Lab

/// Shipped experiments with few runs, as they are and with what makes them true taken away.
enum Tried {
    /// The fewest that prove anything.
    static func run(_ experiment: Experiment, runs: Int = Claim.fewestRuns) throws
        -> ExperimentResult
    {
        try ExperimentRun(experiment, runs: runs).run()
    }

    /// The experiment with another thing done where an arm is asked for.
    static func mutated(
        _ experiment: Experiment, _ name: String, _ change: @escaping @Sendable (inout Arm) -> Void
    ) throws -> Experiment {
        try #require(experiment.arms.contains { $0.name == name })
        var mutated = experiment
        mutated.trial = { (arm, conditions) throws(LabError) in
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
