import Model

extension Experiment {
    /// The same with the named arms alone, and the claims that are about them.
    ///
    /// Nil where it has none of these names. What is claimed of the others is not tested, and the sentence says so.
    package func choosing(_ names: [String]) -> Experiment? {
        let kept = arms.filter { names.contains($0.name) || $0.role == .tried }
        guard kept.contains(where: { $0.role != .tried }) else { return nil }
        var chosen = self
        chosen.arms = kept
        chosen.claims = claims.filter { claim in
            claim.condition.armNames.allSatisfy { name in kept.contains { $0.name == name } }
        }
        let own = kept.filter { $0.role != .tried }.map { "'\($0.name)'" }
        chosen.claim =
            "Claims about \(own.joined(separator: " and ")) only: \(chosen.claims.count) of \(claims.count)"
        return chosen
    }
}

extension Claim.Condition {
    /// The name of the quantity that it is about.
    var measure: String {
        switch self {
        case .within(_, let measure, _), .ratio(_, _, let measure, _),
            .more(_, _, let measure), .less(_, _, let measure):
            measure
        }
    }

    /// The names of those that it is about.
    var armNames: [String] {
        switch self {
        case .within(let arm, _, _): [arm]
        case .ratio(let arm, let other, _, _): [arm, other]
        case .more(let arm, let other, _), .less(let arm, let other, _): [arm, other]
        }
    }
}
