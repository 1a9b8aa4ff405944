import Audit
package import Model
import Text

/// The page of `tcptune compare`: what is better, what is worse, and what else is not the same.
package struct ComparisonReport: Sendable {
    private let comparison: ComparisonJSON
    private let host: Host
    private let notes: [String]

    /// - Parameter host: the one that the second document is of.
    package init(_ comparison: ComparisonJSON, host: Host, notes: [String]) {
        self.comparison = comparison
        self.host = host
        self.notes = notes
    }

    package var document: Document {
        let verdict = ComparisonVerdict(comparison)
        let figures = ComparisonFigures(comparison)
        var blocks: [Block] = [
            .masthead(
                Masthead(
                    items: items, severity: verdict.severity, verdict: verdict.sentence,
                    keys: figures.keys, word: verdict.word))
        ]
        if let chart = figures.chart { blocks.append(.chart(chart)) }
        blocks.append(.table(figures.table))
        blocks += gates
        for (title, findings) in [
            ("Findings gone", comparison.findingsGone),
            ("New findings", comparison.findingsNew),
        ] where !findings.isEmpty {
            blocks += [
                .heading(title, level: 2), .list(findings.map(Self.phrase), numbered: false),
            ]
        }
        if !comparison.settings.isEmpty { blocks.append(.table(settings)) }
        if comparison.kind == .audit, !comparison.transactions.isEmpty {
            blocks.append(.table(transactions))
        }
        blocks += notes.map { .remark(label: "note", Phrase($0)) }
        return Document(
            title: "\(host.name): before and after", blocks: blocks)
    }

    private var items: [Phrase] {
        let (before, after) = (comparison.before, comparison.after)
        let hosts = before.host == after.host ? after.host : "\(before.host) → \(after.host)"
        let times = [before.timeSeconds, after.timeSeconds].compactMap(\.self).map(UTC.text)
        return [
            .strong(hosts), "two \(comparison.kind.title)",
            Phrase("\(before.file) → \(after.file)"),
            Phrase(times.count == 2 ? times.joined(separator: " → ") : ""),
        ].filter { !$0.isEmpty }
    }

    private var gates: [Block] {
        guard !comparison.gates.isEmpty else { return [] }
        return [
            .facts(
                comparison.gates.map { gate in
                    Fact(
                        "--fail-if '\(gate.condition)'",
                        gate.undecided == true
                            ? Phrase("undecided: no change could be told from chance")
                            : gate.failed.isEmpty
                                ? .good("not met")
                                : .severity(.critical, "met")
                                    + Phrase(": " + gate.failed.joined(separator: ", ")))
                })
        ]
    }

    private static func phrase(_ finding: ComparisonJSON.Finding) -> Phrase {
        let word: Phrase =
            Severity(rawValue: finding.severity).map { .severity($0, $0.rawValue) }
            ?? Phrase(finding.severity)
        return word + " " + .code(finding.rule.rawValue) + Phrase(" " + finding.subject)
    }

    private var settings: Table {
        Table(
            "Settings that differ",
            columns: [
                Table.Column("setting"),
                Table.Column("before"),
                Table.Column("after"),
            ],
            rows: comparison.settings.map {
                [
                    .phrase(.code($0.key)), .text($0.before ?? "(not set)"),
                    .phrase(.strong($0.after ?? "(not set)")),
                ]
            })
    }

    private var transactions: Table {
        Table(
            "Applied between the two",
            columns: [
                Table.Column("transaction"), Table.Column("profile"), Table.Column("state"),
                Table.Column("at"),
            ],
            rows: comparison.transactions.map {
                [
                    .phrase(.code(String($0.id.prefix(8)))), .text($0.profile), .text($0.state),
                    .text(UTC.text($0.beganSeconds)),
                ]
            })
    }

    /// One `tcptune.compare/1` document.
    package func json(tool: Tool) throws -> String {
        try Envelope(
            .compare, tool: tool, host: HostJSON(host), data: comparison, notes: notes
        ).encoded(pretty: true)
    }
}
