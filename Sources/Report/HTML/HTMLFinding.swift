import Audit
import Model

/// A finding as a card: all that is known of it, the remedies with their price.
struct HTMLFinding {
    let finding: Finding
    /// The rules whose findings stand above, by the remedies they gave: those are only named again.
    let told: [Remedy: RuleID]

    func render(into html: inout HTML) {
        html.element("article", ["class": "card finding \(finding.severity.rawValue)"]) { card in
            card.element("span", ["class": "chip"]) { $0.text(finding.severity.rawValue) }
            card.element("code", ["class": "rule"]) { $0.text(finding.rule.rawValue) }
            card.element("h2") { $0.text(finding.subject) }
            if let owner = finding.owner {
                card.element("p", ["class": "soft"]) { $0.phrase(OwnerText.phrase(owner)) }
            }
            card.element("p", ["class": "observed"]) { $0.text(finding.observed) }
            if !finding.cause.isEmpty {
                card.element("p") { paragraph in
                    paragraph.element("b") { $0.text("Cause: ") }
                    paragraph.text(finding.cause)
                }
            }
            if !finding.remedies.isEmpty {
                card.element("ol", ["class": "do"]) { list in
                    for remedy in finding.remedies { render(remedy, into: &list) }
                }
            }
            evidence(into: &card)
            if !finding.proof.isEmpty {
                card.element("p", ["class": "proof"]) { $0.text("Proof: " + finding.proof) }
            }
        }
    }

    private func render(_ remedy: Remedy, into html: inout HTML) {
        html.element("li") { item in
            item.text(remedy.text)
            item.element("span", ["class": "kind"]) { $0.text(RemedyText.kind(remedy.kind)) }
            if let rule = told[remedy] {
                item.element("span", ["class": "soft"]) { $0.text(" (see \(rule), above)") }
                return
            }
            if let command = remedy.command {
                item.element("pre") { $0.element("code") { $0.lines(command) } }
            }
            item.element("dl", ["class": "price"]) { list in
                for (name, text) in RemedyText.price(remedy) {
                    list.element("dt") { $0.text(name) }
                    list.element("dd") { $0.text(text) }
                }
            }
            for snippet in remedy.snippets {
                item.element("details") { details in
                    details.element("summary") { $0.text("How to, in " + snippet.stack) }
                    details.element("pre") { $0.element("code") { $0.lines(snippet.code) } }
                }
            }
        }
    }

    private func evidence(into html: inout HTML) {
        guard !finding.evidence.isEmpty else { return }
        html.element("details") { details in
            details.element("summary") { $0.text("Evidence") }
            HTMLTable(table: RemedyText.evidence(finding.evidence), name: "Evidence").render(
                into: &details)
        }
    }
}
