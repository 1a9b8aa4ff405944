import Audit
import Catalogue
package import Model

/// The page of `tcptune explain --list`.
package enum TopicListReport {
    /// Something that can be explained: its name, what it is, and the sentence its explanation begins with.
    package struct Entry: Sendable, Hashable {
        package var name: String
        package var kind: String
        package var summary: String
    }

    /// Settings, counters, states, errors, lines of logs, sentences of programs, rules; each kind in the order of its table.
    package static let all: [Entry] =
        Topic.all.map { topic in
            switch topic {
            case .knob(let knob): Entry(name: knob.key, kind: "knob", summary: knob.meaning)
            case .counter(let counter):
                Entry(name: counter.fullName, kind: "counter", summary: counter.meaning)
            case .state(let state): Entry(name: state.name, kind: "state", summary: state.meaning)
            case .symptom(let symptom):
                Entry(name: symptom.name, kind: symptom.kind.rawValue, summary: symptom.meaning)
            }
        }
        + RuleGuide.ids.map { id in
            let guide = RuleGuide.text(for: id) ?? ""
            let first = guide.split(separator: "\n\n").first ?? ""
            return Entry(
                name: id.rawValue, kind: "rule",
                summary: first.split(separator: "\n").joined(separator: " ")
            )
        }

    private static let titles: [(kind: String, title: String)] = [
        ("knob", "Settings"), ("counter", "Counters"), ("state", "States"), ("errno", "Errors"),
        ("log", "Kernel log lines"), ("program", "Limits and states of programs"),
        ("rule", "Audit rules"),
    ]

    /// One a line: the name, and as much of the sentence as the width has room for.
    package static func document(_ entries: [Entry], width: Int) -> Document {
        var blocks: [Block] = []
        for (kind, title) in titles {
            let own = entries.filter { $0.kind == kind }
            guard !own.isEmpty else { continue }
            blocks.append(.heading(title, level: 2))
            let longest = own.map(\.name.utf8.count).max() ?? 0
            let lines = own.map { entry in
                let padding = String(
                    repeating: " ", count: longest - entry.name.utf8.count + 2)
                return entry.name + padding + beginning(entry.summary, max(20, width - longest - 6))
            }
            blocks.append(.code(lines.joined(separator: "\n")))
        }
        return Document(title: "tcptune: what can be explained", blocks: blocks)
    }

    /// Whole words of a sentence that fit.
    private static func beginning(_ text: String, _ width: Int) -> String {
        guard text.count > width else { return text }
        var line = ""
        for word in text.split(separator: " ") {
            guard line.count + word.count + 2 < width else { break }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line + " …"
    }

    /// One `tcptune.topics/1` document.
    package static func json(_ entries: [Entry], host: Host, tool: Tool) throws -> String {
        try Envelope(
            .topics, tool: tool, host: HostJSON(host),
            data: TopicsJSON(
                topics: entries.map {
                    TopicsJSON.Entry(name: $0.name, kind: $0.kind, summary: $0.summary)
                })
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.topics/1`.
private struct TopicsJSON: Encodable {
    let topics: [Entry]

    struct Entry: Encodable {
        let name: String
        let kind: String
        let summary: String
    }
}
