package import Audit
package import Model

extension ExplainReport {
    /// What is known of several names, one after the other.
    package static func document(_ explanations: [Explanation]) -> Document {
        let pages = explanations.map(document)
        guard pages.count != 1, !pages.isEmpty else {
            return pages.first ?? Document(title: "tcptune: explain", blocks: [])
        }
        return Document(
            title: "tcptune: \(explanations.map(\.name).joined(separator: ", "))",
            blocks: pages.flatMap(\.blocks))
    }

    /// One `tcptune.explain/1` document: an object under `data` for one name, a list of them where several were asked for.
    package static func json(
        _ explanations: [Explanation], areSeveral: Bool, host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        if !areSeveral, let one = explanations.first {
            return try json(one, host: host, tool: tool, notes: notes)
        }
        return try Envelope(
            .explain, tool: tool, host: HostJSON(host),
            data: explanations.map(ExplanationJSON.init), notes: notes
        ).encoded(pretty: true)
    }
}
