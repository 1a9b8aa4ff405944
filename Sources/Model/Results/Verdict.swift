/// What an experiment says of a claim.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    case proven, refuted
    /// Not known either way: too few runs, or too unlike each other.
    case inconclusive

    /// What several claims come to: one that is refuted refutes the whole, and all must be proven to prove it.
    public init(all verdicts: [Verdict]) {
        self =
            verdicts.contains(.refuted)
            ? .refuted
            : verdicts.isEmpty || verdicts.contains(.inconclusive) ? .inconclusive : .proven
    }
}
