import Alerts
import Audit
import Model
import Text

/// `data` of a message about an alert.
struct AlertJSON: Encodable {
    let kind: String
    let status: String
    let rule: String
    let severity: Severity
    let severityBefore: Severity?
    let namespace: String
    let subject: String
    let owner: String?
    let observed: String
    let cause: String
    let remedy: String?
    let summary: String
    let description: String
    let startsAt: String?
    let endsAt: String?
    let time: String?
    /// Seconds from the look that the figures are of to the message.
    let ageSeconds: Double
    let untold: Untold?

    struct Untold: Encodable {
        let raised: Int
        let cleared: Int
        let seconds: Double
    }

    init(_ message: AlertMessage) {
        kind = message.kind.rawValue
        status = message.isFiring ? "firing" : "resolved"
        rule = message.key.rule.rawValue
        severity = message.severity
        severityBefore = message.severityBefore
        namespace = message.key.netns
        subject = message.key.subject
        owner = message.sight.owner
        observed = message.sight.observed
        cause = message.sight.cause
        remedy = message.sight.remedy
        summary = message.summary
        description = message.details
        startsAt = UTC.iso(message.startsAt)
        endsAt = message.endsAt.flatMap(UTC.iso)
        time = UTC.iso(message.time)
        ageSeconds = (message.age * 1000).rounded() / 1000
        untold = message.untold.map {
            Untold(raised: $0.raised, cleared: $0.cleared, seconds: $0.seconds.rounded())
        }
    }

    enum CodingKeys: String, CodingKey {
        case kind, status, rule, severity, namespace, subject, owner, observed, cause, remedy
        case summary, description, time, untold
        case severityBefore = "severity_before"
        case startsAt = "starts_at"
        case endsAt = "ends_at"
        case ageSeconds = "age_seconds"
    }
}
