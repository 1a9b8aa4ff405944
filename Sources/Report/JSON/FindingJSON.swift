import Audit
import Model
import Text

/// A finding, with every name present.
struct FindingJSON: Encodable, Sendable {
    let rule: RuleID
    let severity: Severity
    let subject: String
    @Explicit var owner: OwnerJSON?
    let observed: String
    let evidence: [String: Evidence]
    let cause: String
    let remedies: [RemedyJSON]
    let proof: String

    init(_ finding: Finding) {
        rule = finding.rule
        severity = finding.severity
        subject = finding.subject
        owner = finding.owner.map(OwnerJSON.init)
        observed = finding.observed
        evidence = finding.evidence.compactMapValues(Self.held)
        cause = finding.cause
        remedies = finding.remedies.map(RemedyJSON.init)
        proof = finding.proof
    }

    /// JSON holds no infinity.
    private static func held(_ evidence: Evidence) -> Evidence? {
        guard case .number(let number) = evidence else { return evidence }
        return number.rounded4.map(Evidence.number)
    }
}

/// One thing that can be done, with its price.
struct RemedyJSON: Encodable, Sendable {
    let kind: String
    let text: String
    @Explicit var command: String?
    let effect: String
    let risk: String
    let undo: String
    let snippets: [SnippetJSON]

    struct SnippetJSON: Encodable, Sendable {
        let stack: String
        let code: String
    }

    init(_ remedy: Remedy) {
        kind = remedy.kind.rawValue
        text = remedy.text
        command = remedy.command
        effect = remedy.effect
        risk = remedy.risk
        undo = remedy.undo
        snippets = remedy.snippets.map { SnippetJSON(stack: $0.stack, code: $0.code) }
    }
}
