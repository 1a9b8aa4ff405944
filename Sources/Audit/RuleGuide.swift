package import Model

/// What the manual says of each rule: the documentation comment that stands above it in the source.
package enum RuleGuide {
    /// All rules, in the order of a report.
    package static var ids: [RuleID] { Rules.all.map(\.id) }

    /// The text of a rule, lines of source length, paragraphs separated by an empty line; nil for one that this version
    /// does not have.
    package static func text(for id: RuleID) -> String? { RuleTexts.byID[id] }

    /// The rule that a person named, in any letter case; nil if there is none of that name.
    package static func rule(named word: String) -> RuleID? { RuleID(rawValue: word.lowercased()) }
}
