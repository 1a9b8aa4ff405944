import Audit
import Model
import Text

/// An audit in one line for each finding, which is never wrapped.
struct AuditBrief {
    let assessments: [Assessment]

    /// `CRITICAL ports-exhausting 10.0.0.5 → 10.0.0.9:5432: 27 911 of 28 232 ports …`; one line where nothing was found.
    func text(colour: Bool) -> String {
        let lines = TerminalLines(width: TerminalLines.unlimited, colour: colour)
        return phrases.flatMap { lines.set($0) }.map { $0 + "\n" }.joined()
    }

    private var phrases: [Phrase] {
        let areSeveral = assessments.count > 1
        let found = assessments.flatMap { one in
            one.findings.map { (finding: $0, place: AuditDocument.name(one)) }
        }
        guard !found.isEmpty else {
            return [.good(AuditVerdict(assessments: assessments).health)]
        }
        return found.mostSevereFirst(by: \.finding.severity).map { one in
            let finding = one.finding
            return Phrase.severity(finding.severity, finding.severity.rawValue.uppercased())
                + Phrase(areSeveral ? " \(one.place)" : "") + " " + .strong(finding.rule.rawValue)
                + Phrase(" \(finding.subject): \(finding.observed)")
        }
    }
}
