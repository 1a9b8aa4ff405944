import Audit
import Model
import Text

/// A finding in a terminal: what, on what, why, and what to do, in few lines.
struct TerminalFinding {
    let finding: Finding
    let lines: TerminalLines
    /// The rules whose findings stand above, by the remedies they gave: those are only named again.
    let told: [Remedy: RuleID]

    func rendered() -> [String] {
        let name = finding.severity.rawValue.uppercased()
        let filler = String(repeating: " ", count: max(8 - name.count, 0))
        var title = Phrase.strong(finding.rule.rawValue) + " · " + Phrase(finding.subject)
        if let owner = finding.owner { title += " · " + OwnerText.phrase(owner) }
        var text = lines.set(
            title, lead: .severity(finding.severity, name) + Phrase(filler + " "), indent: 9)
        text += lines.set(Phrase(finding.observed), lead: "  ", indent: 2)
        text += labelled("cause", Phrase(finding.cause))
        for (index, remedy) in finding.remedies.enumerated() {
            text += self.remedy(remedy, number: index + 1)
        }
        text += labelled("proof", .quiet(finding.proof))
        return text
    }

    private func labelled(_ label: String, _ phrase: Phrase) -> [String] {
        guard !phrase.isEmpty else { return [] }
        let filler = String(repeating: " ", count: max(8 - label.count, 1))
        return lines.set(phrase, lead: "  " + Phrase.quiet(label) + Phrase(filler), indent: 10)
    }

    private func remedy(_ remedy: Remedy, number: Int) -> [String] {
        let label = number == 1 ? "do" : "  "
        let mark = number < 10 ? "\(number)  " : "\(number) "
        var text = remedy.kind == .lastResort ? "last resort: " : ""
        text += remedy.text
        let rule = told[remedy]
        if let rule {
            if text.last == "." { text.removeLast() }
            text += " (see \(rule), above)"
        } else if !remedy.effect.isEmpty {
            if text.last == "." { text.removeLast() }
            text += remedy.beforeEffect + remedy.effect
        }
        var result = lines.set(
            Phrase(text), lead: "  " + Phrase.quiet(label) + "   " + Phrase(mark), indent: 10)
        if rule == nil, let command = remedy.command {
            // Never wrapped: it is to be copied.
            result.append(
                "          " + lines.painted("$ ", .quiet)
                    + lines.painted(TerminalText.escaped(command), .code))
        }
        return result
    }
}
