import Audit
import Model
import Text
import Watching

/// `data` of the findings that are present while a host is watched, and of those that cleared lately.
struct FindingsJSON: Encodable {
    let time: String?
    let timeSeconds: Double?
    let findings: [Row]
    let cleared: [Row]

    struct Row: Encodable {
        let namespace: String
        let rule: String
        let severity: Severity
        let subject: String
        let owner: String?
        let observed: String
        let cause: String
        let remedies: [RemedyJSON]
        let proof: String
        /// For how long it was there, and for how long it has been gone.
        let sinceSeconds: Double?
        let clearedSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case namespace, rule, severity, subject, owner, observed, cause, remedies, proof
            case sinceSeconds = "since_seconds"
            case clearedSeconds = "cleared_seconds"
        }
    }

    init(_ views: [WatchedView], time: Double) {
        self.time = UTC.iso(time)
        timeSeconds = time.rounded4
        findings = views.flatMap { view in
            view.watched.findings.present.map { Self.row($0, view) }
        }.mostSevereFirst(by: \.severity)
        cleared = views.flatMap { view in
            view.watched.findings.cleared.map { Self.row($0, view) }
        }
    }

    private static func row(_ entry: FindingLog.Entry, _ view: WatchedView) -> Row {
        let now = view.watched.samples.last?.time ?? 0
        let finding = entry.finding
        return Row(
            namespace: view.name, rule: finding.rule.rawValue, severity: finding.severity,
            subject: finding.subject, owner: finding.owner?.name, observed: finding.observed,
            cause: finding.cause, remedies: finding.remedies.map(RemedyJSON.init),
            proof: finding.proof, sinceSeconds: (now - entry.since).rounded4,
            clearedSeconds: entry.cleared.flatMap { (now - $0).rounded4 })
    }

    enum CodingKeys: String, CodingKey {
        case time, findings, cleared
        case timeSeconds = "time_seconds"
    }
}
