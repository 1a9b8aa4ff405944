import Lab

extension LabJSON {
    /// More runs than anybody makes: statistics take time and memory by their number.
    private static let mostTrials = 10_000

    /// What in it no lab would have written; nil where nothing is odd.
    var problem: String? {
        let arms = experiments.lazy.flatMap(\.arms)
        return arms.contains { $0.trials.count > Self.mostTrials }
            ? "it has more runs than a lab makes" : nil
    }
}
