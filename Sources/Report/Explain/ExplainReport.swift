package import Audit
import Catalogue
package import Model

/// The page of `tcptune explain`.
package enum ExplainReport {
    /// What is known of a name, and what it comes to on this host.
    package static func document(_ explanation: Explanation) -> Document {
        var blocks: [Block] = [
            .heading("\(explanation.name) (\(explanation.kind.words))", level: 1)
        ]
        if explanation.kind == .rule {
            blocks += explanation.passages.flatMap(paragraphs)
        } else {
            blocks.append(.facts(explanation.passages.map { Fact($0.title, Phrase($0.text)) }))
        }
        if !explanation.here.isEmpty || !explanation.verdict.isEmpty {
            blocks.append(.heading("On this host", level: 2))
            blocks.append(.facts(explanation.here.map { Fact($0.name, Phrase($0.text)) }))
            blocks.append(.paragraph(.strong(explanation.verdict)))
        }
        if !explanation.causes.isEmpty {
            blocks.append(.heading("Causes, most frequent first", level: 2))
            blocks.append(.list(explanation.causes.map(line), numbered: true))
        }
        blocks += explanation.findings.map(Block.finding)
        if !explanation.experiments.isEmpty {
            blocks.append(
                .remark(
                    label: "see it",
                    .code(
                        "tcptune lab run \(explanation.experiments.map(\.rawValue).joined(separator: " "))"
                    )))
        }
        if !explanation.sources.isEmpty {
            blocks.append(
                .remark(label: "source", Phrase(explanation.sources.joined(separator: " · "))))
        }
        return Document(title: "tcptune: \(explanation.name)", blocks: blocks)
    }

    /// A rule's guide is a small page of its own: paragraphs parted by empty lines.
    private static func paragraphs(_ passage: Explanation.Passage) -> [Block] {
        var paragraphs: [String] = [""]
        for line in passage.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                paragraphs.append("")
            } else {
                paragraphs[paragraphs.count - 1] +=
                    (paragraphs[paragraphs.count - 1].isEmpty ? "" : " ") + line
            }
        }
        return paragraphs.filter { !$0.isEmpty }.map { .paragraph(Phrase($0)) }
    }

    /// The verdict stands in brackets: `[found: 28 232 of 28 232 ports in use]`.
    private static func line(_ cause: Explanation.Cause) -> Phrase {
        let verdict = cause.verdict
        let text =
            verdict.evidence.isEmpty
            ? "[\(verdict.words)]" : "[\(verdict.words): \(verdict.evidence)]"
        let severity: Severity? =
            verdict.isFound ? .critical : verdict.isPossible ? .warning : nil
        return Phrase(cause.text + " ")
            + (severity.map { .severity($0, text) } ?? .quiet(text))
    }

    /// One `tcptune.explain/1` document.
    package static func json(
        _ explanation: Explanation, host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(
            .explain, tool: tool, host: HostJSON(host), data: ExplanationJSON(explanation),
            notes: notes
        ).encoded(pretty: true)
    }
}

extension Explanation.Kind {
    fileprivate var words: String {
        switch self {
        case .knob: "sysctl"
        case .counter: "counter"
        case .state: "TCP state"
        case .errno: "error"
        case .log: "log line"
        case .rule: "audit rule"
        }
    }
}
