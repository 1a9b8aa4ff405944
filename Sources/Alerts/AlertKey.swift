package import Model

/// What an alert is about: one rule and one subject in one network namespace.
package struct AlertKey: Sendable, Hashable {
    package let rule: RuleID
    /// The name that the namespace is watched by.
    package let netns: String
    /// As findings name it, such as `10.0.0.5 → 10.0.0.9:5432`: may hold text of others.
    package let subject: String

    package init(rule: RuleID, netns: String, subject: String) {
        self.rule = rule
        self.netns = netns
        self.subject = subject
    }
}

extension AlertKey: Comparable {
    package static func < (one: AlertKey, other: AlertKey) -> Bool {
        (one.rule, one.netns, one.subject) < (other.rule, other.netns, other.subject)
    }
}
