import Lab

extension LabJSON {
    /// What in it no lab would have written; nil where nothing is odd.
    var problem: String? { experiments.lazy.compactMap { ArmResult.problem(in: $0.arms) }.first }
}

extension Proof {
    /// What in it no tcptune would have written; nil where nothing is odd.
    var problem: String? { ArmResult.problem(in: arms) }
}

extension ArmResult {
    /// More runs than anybody makes: statistics take time and memory by their number.
    private static let mostTrials = 10_000

    fileprivate static func problem(in arms: [ArmResult]) -> String? {
        arms.contains { $0.trials.count > mostTrials }
            ? "it has more runs than are ever made" : nil
    }
}
