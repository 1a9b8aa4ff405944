import Audit
import Model
import FoundationEssentials
import Text

/// An alert as Alertmanager's API v2 takes it (`POST /api/v2/alerts`), and as its webhooks tell of it.
struct AlertmanagerAlert: Encodable {
    let labels: [String: String]
    let annotations: [String: String]
    let startsAt: String
    let endsAt: String

    /// - Parameters:
    ///   - instance: the name of the host.
    ///   - now: seconds since 1970.
    init(_ message: AlertMessage, instance: String, at now: Double) {
        let key = message.key
        labels = [
            "alertname": Self.name(key.rule.rawValue), "rule": key.rule.rawValue,
            "severity": message.severity.rawValue, "instance": instance, "netns": key.netns,
            "subject": key.subject,
        ]
        var annotations = ["summary": message.summary, "description": message.details]
        annotations["owner"] = message.sight.owner
        self.annotations = annotations
        startsAt = UTC.iso(message.startsAt) ?? ""
        endsAt = UTC.iso(message.endsAt ?? now + StandingAlerts.validity) ?? ""
    }

    /// `TcptunePortsExhausting`.
    static func name(_ rule: String) -> String {
        "Tcptune"
            + rule.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }
}

/// The bodies of requests that tell of alerts.
package enum AlertBody {
    /// What Alertmanager takes: those that stand, and those that ended.
    package static func alertmanager(
        _ messages: [AlertMessage], instance: String, at now: Double
    ) -> [UInt8] {
        encoded(messages.map { AlertmanagerAlert($0, instance: instance, at: now) })
    }

    /// What Alertmanager's webhooks send, version 4, of one message.
    package static func webhook(
        _ message: AlertMessage, instance: String, at now: Double
    ) -> [UInt8] {
        encoded(WebhookMessage(message, instance: instance, at: now))
    }

    private static func encoded(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and arrays of texts alone: nothing that cannot be encoded.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }
}
