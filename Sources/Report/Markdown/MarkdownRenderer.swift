import Audit
import Model

/// Shows a page as GitHub-flavoured Markdown; all text of others is escaped.
package struct MarkdownRenderer: Sendable {
    package init() {}

    package func render(_ document: Document) -> String {
        var told = ToldRemedies()
        let parts =
            [["# " + MarkdownText.escaped(document.title)]]
            + document.blocks.map { block in
                defer { told.note(block) }
                return rendered(block, told.rules)
            }
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    private func rendered(_ block: Block, _ told: [Remedy: RuleID]) -> [String] {
        switch block {
        case .masthead(let masthead): self.masthead(masthead)
        case .part(let text, _): ["## " + MarkdownText.escaped(text)]
        case .heading(let text, let level):
            [(level == 1 ? "## " : "### ") + MarkdownText.escaped(text)]
        case .paragraph(let phrase): [MarkdownText.phrase(phrase)]
        case .figures(let facts):
            [
                facts.map {
                    MarkdownText.escaped($0.name) + " **" + MarkdownText.flat($0.value) + "**"
                }
                .joined(separator: " · ")
            ]
        case .facts(let facts):
            facts.map {
                "- **" + MarkdownText.escaped($0.name) + "**: " + MarkdownText.phrase($0.value)
            }
        case .list(let items, let numbered):
            items.enumerated().map { index, item in
                (numbered ? "\(index + 1). " : "- ") + MarkdownText.phrase(item)
            }
        case .finding(let finding): self.finding(finding, told)
        case .table(let table): self.table(table, titled: true)
        case .timeline(let timeline): MarkdownTimeline.rendered(timeline)
        case .chart(let chart): self.chart(chart)
        case .code(let text): MarkdownText.block(text)
        case .remark(let label, let phrase):
            [
                (label.isEmpty ? "" : "**" + MarkdownText.escaped(label) + ":** ")
                    + MarkdownText.phrase(phrase)
            ]
        }
    }

    private func masthead(_ masthead: Masthead) -> [String] {
        let word = masthead.word ?? masthead.severity?.rawValue ?? "no problems"
        var text = [
            MarkdownText.phrase(masthead.items.joined(by: " · ")), "",
            "**\(MarkdownText.escaped(word.uppercased()))** "
                + MarkdownText.escaped(masthead.verdict),
        ]
        if !masthead.keys.isEmpty { text.append("") }
        text += masthead.keys.map {
            "- **" + MarkdownText.escaped($0.span) + "** " + MarkdownText.escaped($0.words)
        }
        return text
    }

    private func finding(_ finding: Finding, _ told: [Remedy: RuleID]) -> [String] {
        var text = [
            "### \(finding.severity.rawValue.uppercased()) "
                + MarkdownText.code(finding.rule.rawValue) + " "
                + MarkdownText.escaped(finding.subject)
        ]
        if let owner = finding.owner {
            text += ["", "Owner: " + MarkdownText.phrase(OwnerText.phrase(owner))]
        }
        text += ["", MarkdownText.escaped(finding.observed)]
        if !finding.cause.isEmpty {
            text += ["", "**Cause:** " + MarkdownText.escaped(finding.cause)]
        }
        if !finding.remedies.isEmpty { text.append("") }
        for (index, remedy) in finding.remedies.enumerated() {
            text += self.remedy(remedy, number: index + 1, toldBy: told[remedy])
        }
        if !finding.proof.isEmpty {
            text += ["", "**Proof:** " + MarkdownText.escaped(finding.proof)]
        }
        return text
    }

    private func remedy(_ remedy: Remedy, number: Int, toldBy rule: RuleID?) -> [String] {
        var text = [
            "\(number). " + MarkdownText.escaped(remedy.text)
                + " (" + RemedyText.kind(remedy.kind) + ")"
                + (rule.map { " (see \($0), above)" } ?? "")
        ]
        guard rule == nil else { return text }
        var below: [String] = []
        if let command = remedy.command { below += [""] + MarkdownText.block(command) + [""] }
        below += RemedyText.price(remedy).map { "- \($0.name): " + MarkdownText.escaped($0.text) }
        for snippet in remedy.snippets {
            below += ["", MarkdownText.escaped(snippet.stack) + ":", ""]
            below += MarkdownText.block(snippet.code)
        }
        text += below.map { $0.isEmpty ? "" : "   " + $0 }
        return text
    }

    private func table(_ table: Table, titled: Bool) -> [String] {
        guard !table.rows.isEmpty else { return [] }
        let shown = table.columns.indices.filter { index in
            table.rows.contains { if case .phrase = $0[index] { true } else { false } }
        }
        var text: [String] = []
        if titled, !table.title.isEmpty {
            text += ["### " + MarkdownText.escaped(table.title), ""]
        }
        func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        text.append(row(shown.map { MarkdownText.escaped(table.columns[$0].name) }))
        text.append(row(shown.map { table.columns[$0].isNumber ? "--:" : "---" }))
        text += table.rows.map { cells in
            row(
                shown.map {
                    if case .phrase(let phrase) = cells[$0] {
                        MarkdownText.phrase(phrase)
                    } else {
                        ""
                    }
                })
        }
        if !table.note.isEmpty { text += ["", MarkdownText.phrase(table.note)] }
        return text
    }

    private func chart(_ chart: Chart) -> [String] {
        guard !chart.isRepeated, !chart.table.rows.isEmpty else { return [] }
        if case .sequence(let sequence) = chart.kind { return self.sequence(sequence, chart) }
        return [
            "<details><summary>" + HTML.escaped(chart.title) + "</summary>", "",
            MarkdownText.escaped(chart.summary), "",
        ] + table(chart.table, titled: false) + ["", "</details>"]
    }

    /// In text, as in a terminal: not every page that shows Markdown knows another way to draw.
    private func sequence(_ sequence: SequenceChart, _ chart: Chart) -> [String] {
        let lines = TerminalLines(width: 80, colour: false)
        let drawing = TerminalSequence(sequence, lines: lines).rendered().joined(separator: "\n")
        return ["### " + MarkdownText.escaped(chart.title), ""]
            + (drawing.isEmpty ? [] : MarkdownText.block(drawing) + [""])
            + [
                "<details><summary>As a table</summary>", "",
                MarkdownText.escaped(chart.summary), "",
            ]
            + table(chart.table, titled: false) + ["", "</details>"]
    }
}
