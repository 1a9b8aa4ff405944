/// One thing that can be wrong with a host, and how it is found.
///
/// The documentation comment of a rule is what `tcptune explain` prints for it.
protocol Rule: Sendable {
    /// A stable word: `ports-exhausting`.
    static var id: String { get }

    /// What the rule finds, most severe first; empty if all is well or nothing is known.
    func findings(in situation: Situation) -> [Finding]
}

extension Rule {
    var id: String { Self.id }
}
