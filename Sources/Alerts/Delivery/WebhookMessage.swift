import Text

/// One message in the form that Alertmanager gives to webhooks, version 4: what reads those reads this.
struct WebhookMessage: Encodable {
    let version = "4"
    let receiver = "tcptune-agent"
    let status: String
    let groupKey: String
    let groupLabels: [String: String]
    let commonLabels: [String: String]
    let commonAnnotations: [String: String]
    let externalURL = ""
    let truncatedAlerts = 0
    let alerts: [Alert]

    struct Alert: Encodable {
        let status: String
        let labels: [String: String]
        let annotations: [String: String]
        let startsAt: String
        let endsAt: String
        let generatorURL = ""
        let fingerprint: String
    }

    init(_ message: AlertMessage, instance: String, at now: Double) {
        let one = AlertmanagerAlert(message, instance: instance, at: now)
        status = message.isFiring ? "firing" : "resolved"
        groupLabels = one.labels.filter { $0.key != "severity" }
        commonLabels = one.labels
        commonAnnotations = one.annotations
        let identity = groupLabels.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.utf8.count):\($0.value)" }.joined(separator: ",")
        groupKey = "{\(identity)}"
        alerts = [
            Alert(
                status: status, labels: one.labels, annotations: one.annotations,
                startsAt: one.startsAt,
                // The zero of Go's time says that it has not ended.
                endsAt: message.isFiring ? "0001-01-01T00:00:00Z" : one.endsAt,
                fingerprint: String(SHA256.hex(of: Array(identity.utf8)).prefix(16)))
        ]
    }
}
