package import Model
package import Tuning

/// What `tcptune profile new` makes.
package enum ImportReport {
    package static func document(_ imported: SysctlImport) -> Document {
        Document(title: "tcptune: \(imported.name)", blocks: [.code(imported.text)])
    }

    /// One `tcptune.new/1` document.
    package static func json(_ imported: SysctlImport, host: Host, tool: Tool) throws -> String {
        try Envelope(.new, tool: tool, host: HostJSON(host), data: ImportJSON(imported))
            .encoded(pretty: true)
    }
}

/// The data of `tcptune.new/1`.
struct ImportJSON: Encodable, Sendable {
    let name: String
    let text: String
    let taken: [String]
    let dropped: [DroppedJSON]
    let left: [DroppedJSON]

    struct DroppedJSON: Encodable, Sendable {
        let line: Int
        let key: String
        @Explicit var value: String?
        let reason: String
    }

    init(_ imported: SysctlImport) {
        name = imported.name
        text = imported.text
        taken = imported.taken
        func lines(_ lines: [SysctlImport.Dropped]) -> [DroppedJSON] {
            lines.map {
                DroppedJSON(line: $0.line, key: $0.key, value: $0.value, reason: $0.reason)
            }
        }
        dropped = lines(imported.dropped)
        left = lines(imported.left)
    }
}
