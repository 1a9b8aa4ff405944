import Audit
import Model

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
}
