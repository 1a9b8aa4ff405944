import Audit
import HostState

/// `data` of an audit: the first namespace's fields, and each namespace's where there are several.
struct AuditJSON: Encodable {
    let first: NamespaceJSON?
    let namespaces: [NamespaceJSON]?

    init(_ assessments: [Assessment]) {
        let all = assessments.map(NamespaceJSON.init)
        first = all.first
        namespaces = all.count > 1 ? all : nil
    }

    enum CodingKeys: String, CodingKey { case namespaces }

    func encode(to encoder: any Encoder) throws {
        try first?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(namespaces, forKey: .namespaces)
    }

    /// What the numbers rest on, and what was not seen.
    static func notes(_ assessments: [Assessment]) -> [String] {
        var notes: [String] = []
        for assessment in assessments {
            let situation = assessment.situation
            if situation.now.source == .proc {
                notes.append("sockets were read from /proc/net/tcp: sock_diag was not available")
            }
            if situation.interval == nil {
                notes.append(
                    "one snapshot: closing rates come from the ages of TIME_WAIT, "
                        + "other rates are not known (--interval)")
            }
            notes += situation.now.unseen.map {
                $0.why.isEmpty ? "not seen: \($0.what)" : "not seen: \($0.what) (\($0.why))"
            }
        }
        var said: Set<String> = []
        return notes.filter { said.insert($0).inserted }
    }
}
