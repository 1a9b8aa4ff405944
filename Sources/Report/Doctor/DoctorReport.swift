import Audit
package import Model

/// The page of `tcptune doctor`: what this kernel and these rights allow.
package enum DoctorReport {
    package static func document(_ capabilities: [Capability], host: Host) -> Document {
        let facts = capabilities.map {
            Fact($0.name, mark($0.verdict) + Phrase(" · \($0.detail)"))
        }
        let remedies = capabilities.filter { !$0.remedy.isEmpty }
            .map { Phrase("\($0.name): \($0.remedy)") }
        var blocks: [Block] = [
            .heading("\(host.name) · Linux \(host.kernel) · \(host.machine)", level: 1),
            .facts(facts),
        ]
        if !remedies.isEmpty {
            blocks.append(.heading("What to do", level: 2))
            blocks.append(.list(remedies, numbered: false))
        }
        return Document(title: "tcptune: doctor", blocks: blocks)
    }

    private static func mark(_ verdict: Capability.Verdict) -> Phrase {
        switch verdict {
        case .available: .good("yes")
        case .limited: .severity(.warning, "partly")
        case .missing: .severity(.critical, "no")
        }
    }

    /// One `tcptune.doctor/1` document.
    package static func json(_ capabilities: [Capability], host: Host, tool: Tool) throws -> String
    {
        try Envelope(
            .doctor, tool: tool, host: HostJSON(host),
            data: DoctorJSON(capabilities: capabilities), notes: []
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.doctor/1`.
struct DoctorJSON: Encodable, Sendable {
    let capabilities: [Capability]
}
