import Model

/// What a rule must have read to judge at all, and what makes it judge more.
struct RuleNeeds: Sendable {
    /// Without one of these the rule is always silent.
    let required: [CoverageNeed]
    /// Without these it sees less.
    let helpful: [CoverageNeed]

    init(_ required: [CoverageNeed], helped helpful: [CoverageNeed] = []) {
        self.required = required
        self.helpful = helpful
    }

    /// Of a rule; of one that this version does not have, nothing.
    static func of(_ rule: RuleID) -> RuleNeeds { Rules.byID[rule]?.needs ?? RuleNeeds([]) }

    /// What the rule lacks in this run, so that its silence says nothing.
    func missing(in situation: Situation) -> [CoverageNeed] {
        required.filter { $0.missing(in: situation) != nil }
    }

    func missingHelp(in situation: Situation) -> [CoverageNeed] {
        helpful.filter { $0.missing(in: situation) != nil }
    }
}
