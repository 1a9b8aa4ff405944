package import Alerts
package import Audit

/// Whom the agent tells of alerts, and of which.
package struct AlertSettings: Sendable, Hashable {
    /// Whether they are written to the journal of systemd; to standard error where there is none.
    package var journal = true
    /// What is less severe is not told.
    package var minimum = Severity.warning
    /// A program and its words: each message is given to its standard input; empty for none.
    package var command: [String] = []
    /// Each is told of all that stands.
    package var alertmanagers: [ReceiverURL] = []
    /// Takes messages in the form of Alertmanager's webhooks.
    package var webhook: ReceiverURL?
    /// The certificates that receivers by https are verified against; nil for the system's.
    package var authorities: String?

    package init() {}
}
