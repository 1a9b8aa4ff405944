import Audit
import Model

/// What a run left out: what it could not check, and what no rule judges.
struct CoverageJSON: Encodable, Sendable {
    /// What was not read, each with the rules that saw nothing, or less, without it.
    let notChecked: [NotChecked]
    let notJudged: [NotJudged]

    struct NotChecked: Encodable, Sendable {
        let what: String
        let rules: [RuleID]
    }

    struct NotJudged: Encodable, Sendable {
        let subject: String
        let reason: String
    }

    init(_ coverage: Coverage) {
        notChecked = coverage.missing.map { NotChecked(what: $0.text, rules: $0.rules) }
        notJudged = coverage.notJudged
            .filter { if case .resource = $0.subject { true } else { false } }
            .map { NotJudged(subject: $0.subject.text, reason: $0.reason) }
    }

    enum CodingKeys: String, CodingKey {
        case notChecked = "not_checked"
        case notJudged = "not_judged"
    }
}
