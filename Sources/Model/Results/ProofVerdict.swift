/// What a proof says of a profile.
public enum ProofVerdict: String, Sendable, Hashable, Codable, CaseIterable {
    case helps
    /// It makes something worse, and nothing better.
    case hurts
    /// Something better and something worse.
    case mixed
    /// What the workload is about stays as it was, and is known to.
    case noEffect = "no_effect"
    /// Not known: too few runs, or too unlike each other.
    case inconclusive
    /// Nothing of it could be tried: it holds already, or has no value of its own in a namespace.
    case nothingTried = "nothing_tried"

    public init(_ metrics: [ProofMetric]) {
        // What is gained beside it alone is no help for what the workload is about; what is lost counts wherever it is.
        let isBetter = metrics.contains { $0.verdict == .better && $0.role == .decisive }
        switch (isBetter, metrics.contains { $0.verdict == .worse }) {
        case (true, true): self = .mixed
        case (true, false): self = .helps
        case (false, true): self = .hurts
        case (false, false):
            let decisive = metrics.filter { $0.role == .decisive }
            self =
                !decisive.isEmpty
                    && decisive.allSatisfy { $0.verdict == .same || $0.belowSeconds != nil }
                ? .noEffect : .inconclusive
        }
    }

    public var makesWorse: Bool { self == .hurts || self == .mixed }
}
