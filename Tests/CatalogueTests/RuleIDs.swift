import Catalogue

/// The rules that the audit knows; the tables may name no other.
enum RuleIDs {
    static let all = Set(RuleNames.all)
}
