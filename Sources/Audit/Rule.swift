import Model

/// One thing that can be wrong with a host, and how it is found.
///
/// The documentation comment of a rule is what `tcptune explain` prints for it.
protocol Rule: Sendable {
    /// A stable word: `ports-exhausting`.
    static var id: RuleID { get }

    /// At which severities it can find something, most severe first.
    static var severities: [Severity] { get }

    /// What it must have read to judge at all, and what makes it judge more.
    static var needs: RuleNeeds { get }

    /// The settings by which a shipped profile can answer a finding of it; empty if no profile does.
    static var profileSettings: Set<String> { get }

    /// What the rule finds, most severe first; empty if all is well or nothing is known.
    func findings(in situation: Situation) -> [Finding]
}

extension Rule {
    static var profileSettings: Set<String> { [] }

    var id: RuleID { Self.id }
    var severities: [Severity] { Self.severities }
    var needs: RuleNeeds { Self.needs }
    var profileSettings: Set<String> { Self.profileSettings }
}
