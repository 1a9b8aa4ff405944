import Catalogue
import Model
import Audit

/// An explanation, with every name present.
struct ExplanationJSON: Encodable, Sendable {
    let name: String
    let kind: String
    let passages: [Named]
    let here: [Named]
    let verdict: String
    let causes: [CauseJSON]
    let findings: [FindingJSON]
    let sources: [String]
    /// Names for `tcptune lab run`.
    let experiments: [String]

    struct Named: Encodable, Sendable {
        let name: String
        let text: String
    }

    struct CauseJSON: Encodable, Sendable {
        let text: String
        let rules: [RuleID]
        /// `found`, `may_be`, `not_found` or `cannot_be_seen`.
        let standing: String
        /// The numbers that it rests on, or why nothing can be said.
        let evidence: String
        let foundAt: [String]
        /// Null where it may be, and where it cannot be seen.
        @Explicit var isPresent: Bool?

        enum CodingKeys: String, CodingKey {
            case text, rules, standing, evidence
            case foundAt = "found_at"
            case isPresent = "is_present"
        }
    }

    init(_ explanation: Explanation) {
        name = explanation.name
        kind = explanation.kind.rawValue
        passages = explanation.passages.map { Named(name: $0.title, text: $0.text) }
        here = explanation.here.map { Named(name: $0.name, text: $0.text) }
        verdict = explanation.verdict
        causes = explanation.causes.map {
            CauseJSON(
                text: $0.text, rules: $0.rules, standing: $0.verdict.word,
                evidence: $0.verdict.evidence, foundAt: $0.foundAt,
                isPresent: $0.verdict.isFound ? true : $0.verdict.isNotFound ? false : nil)
        }
        findings = explanation.findings.map(FindingJSON.init)
        sources = explanation.sources
        experiments = explanation.experiments.map(\.rawValue)
    }
}
