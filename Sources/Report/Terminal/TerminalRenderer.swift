import Audit
import Model
import Text

/// Shows a page in a terminal, or as plain text where no colour is wanted.
package struct TerminalRenderer: Sendable {
    /// Narrower than this nothing can be laid out; lines are then longer than the terminal.
    package static let narrowest = 40

    private let lines: TerminalLines

    /// Nothing is wrapped, and no column is left out.
    package static let unlimited = TerminalLines.unlimited

    /// Makes one for lines of so many places.
    package init(width: Int, colour: Bool) {
        lines = TerminalLines(page: max(width, Self.narrowest), colour: colour)
    }

    /// The page, with a newline at its end.
    package func render(_ document: Document) -> String {
        var text: [String] = []
        var last: Block?
        var told = ToldRemedies()
        for block in document.blocks {
            let part = rendered(block, told: told.rules)
            told.note(block)
            guard !part.isEmpty else { continue }
            if let last, Self.needsSpace(between: last, and: block) { text.append("") }
            text += part
            last = block
        }
        return text.map { $0 + "\n" }.joined()
    }

    private static func needsSpace(between first: Block, and second: Block) -> Bool {
        switch (first, second) {
        case (.masthead, .figures), (.remark, .remark), (.heading, .figures), (.heading, .facts):
            false
        case (.heading, .paragraph), (.heading, .list), (.heading, .code), (.heading, .table),
            (.part, .masthead):
            false
        default: true
        }
    }

    private func rendered(_ block: Block, told: [Remedy: RuleID]) -> [String] {
        switch block {
        case .masthead(let masthead): self.masthead(masthead)
        case .part(let text, _): divider(text)
        case .heading(let text, let level):
            level == 1 ? divider(text) : lines.set(.strong(text))
        case .paragraph(let phrase): lines.set(phrase)
        case .figures(let facts): figures(facts)
        case .facts(let facts): self.facts(facts)
        case .list(let items, let numbered):
            items.enumerated().flatMap { index, item in
                let mark = numbered ? "\(index + 1)" : "·"
                return lines.set(item, lead: "  \(mark)  ", indent: 4 + mark.places)
            }
        case .finding(let finding):
            TerminalFinding(finding: finding, lines: lines, told: told).rendered()
        case .table(let table):
            table.rows.isEmpty ? [] : TerminalTable(table: table, lines: lines).rendered()
        case .timeline(let timeline):
            TerminalTimeline(timeline: timeline, lines: lines).rendered()
        case .chart(let chart): TerminalChart(chart: chart, lines: lines).rendered()
        case .code(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).map {
                "    " + lines.painted(TerminalText.escaped(String($0)), .code)
            }
        case .remark(let label, let phrase):
            label.isEmpty
                ? lines.set(phrase, indent: 2)
                : lines.set(phrase, lead: .strong(label + ":") + " ", indent: 2)
        }
    }

    /// Who and when; where it is asked for also the verdict, and with a word for it the numbers that matter.
    private func masthead(_ masthead: Masthead) -> [String] {
        guard let word = masthead.word else {
            let verdict: Phrase =
                masthead.severity.map { .severity($0, masthead.verdict) } ?? .good(masthead.verdict)
            return lines.set(masthead.items.joined(by: " · "), indent: 2)
                + (masthead.isVerdictShown ? [""] + lines.set(verdict) : [])
        }
        let name: Phrase =
            masthead.severity.map { .severity($0, word.uppercased()) } ?? .good(word.uppercased())
        var text = divider(masthead.items.map(\.plain).joined(separator: " · "))
        text += lines.set(.strong(masthead.verdict), lead: name + "  ", indent: 2)
        // Where the verdict was asked for by itself, a table of the numbers follows.
        for key in masthead.isVerdictShown ? [] : masthead.keys {
            text += lines.set(.strong(key.span) + Phrase("  " + key.words), lead: "  ", indent: 4)
        }
        return text
    }

    /// A line across the page with a name in it; a name that is longer takes lines of its own.
    private func divider(_ text: String) -> [String] {
        let name = TerminalText.escaped(text)
        let room = lines.drawingWidth - 4
        guard name.places <= room else {
            return lines.set(.strong(text), lead: .quiet("── "), indent: 3)
        }
        let rest = String(repeating: "─", count: max(room - name.places, 0))
        return [
            lines.painted("── ", .quiet) + lines.painted(name, .strong)
                + lines.painted(rest.isEmpty ? "" : " " + rest, .quiet)
        ]
    }

    /// In a row, each name with its value kept together.
    private func figures(_ facts: [Fact]) -> [String] {
        var text: [String] = []
        var line = Phrase()
        var used = 0
        for fact in facts {
            let item = Phrase.quiet(fact.name) + " " + fact.value
            let places = TerminalText.escaped(item.plain).places
            if used > 0, 2 + used + 3 + places > lines.width {
                text.append(flat(line))
                line = Phrase()
                used = 0
            }
            line += (used > 0 ? "   " : "  ") + item
            used += (used > 0 ? 3 : 0) + places
        }
        if used > 0 { text.append(flat(line)) }
        return text
    }

    private func flat(_ phrase: Phrase) -> String {
        phrase.spans.map { lines.painted(TerminalText.escaped($0.text), $0.style) }.joined()
    }

    private func facts(_ facts: [Fact]) -> [String] {
        let widest =
            facts.map { TerminalText.escaped($0.name).places }.filter {
                $0 <= lines.drawingWidth / 2
            }
            .max() ?? 0
        return facts.flatMap { fact in
            // A name longer than half a line has lines of its own.
            guard TerminalText.escaped(fact.name).places <= lines.drawingWidth / 2 else {
                return lines.set(.quiet(fact.name), lead: "  ", indent: 4)
                    + lines.set(fact.value, lead: "    ", indent: 4)
            }
            let filler = max(widest - TerminalText.escaped(fact.name).places, 0)
            let lead =
                "  " + Phrase.quiet(fact.name) + Phrase(String(repeating: " ", count: filler + 2))
            return lines.set(fact.value, lead: lead, indent: widest + 4)
        }
    }
}
