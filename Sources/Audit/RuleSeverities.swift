package import Model

/// At which severities each rule finds something: what can be counted of it, also while it finds nothing.
package enum RuleSeverities {
    /// In the order of a report, most severe first.
    package static let all: [(rule: RuleID, severities: [Severity])] =
        Rules.all.map { ($0.id, $0.severities) }
}
