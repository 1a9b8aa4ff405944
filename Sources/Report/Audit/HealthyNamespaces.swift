import Audit
import Model
import Text

/// The namespaces of an audit in which nothing was found, a line each.
struct HealthyNamespaces {
    let assessments: [Assessment]

    var blocks: [Block] {
        guard !assessments.isEmpty else { return [] }
        return [
            .heading("Namespaces without problems", level: 1),
            .list(assessments.map(Self.line), numbered: false),
        ]
    }

    /// `web-3: 12 sockets, no problems found`.
    static func line(_ assessment: Assessment) -> Phrase {
        let now = assessment.situation.now
        let sockets =
            switch (now.source, now.states.total) {
            case (.none, _): "sockets not read"
            case (_, 0): "no TCP socket"
            case (_, 1): "1 socket"
            case (_, let count): "\(count.grouped) sockets"
            }
        return .strong(AuditDocument.name(assessment)) + Phrase(": \(sockets), ")
            + .good("no problems found")
    }
}
