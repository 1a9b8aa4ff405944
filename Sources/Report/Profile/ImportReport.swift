package import Model

/// What `tcptune profile new` makes.
package enum ImportReport {
    package static func document(_ draft: ProfileDraft) -> Document {
        Document(title: "tcptune: \(draft.name)", blocks: [.code(draft.text)])
    }

    /// One `tcptune.new/1` document.
    package static func json(_ draft: ProfileDraft, host: Host, tool: Tool) throws -> String {
        try Envelope(.new, tool: tool, host: HostJSON(host), data: draft).encoded(pretty: true)
    }
}
