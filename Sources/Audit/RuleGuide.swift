/// What the manual says of each rule: the documentation comment that stands above it in the source.
package enum RuleGuide {
    /// The ids of all rules, in the order of a report.
    package static var ids: [String] { Rules.all.map(\.id) }

    /// The text of a rule, lines of source length, paragraphs separated by an empty line; nil for an unknown id.
    package static func text(for id: String) -> String? { RuleTexts.byID[id] }
}
