package import Audit

/// What is told of an alert: that it was raised, that it was cleared, or how often it changed.
package struct AlertMessage: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It stands from now on, or became more severe.
        case raised
        case cleared
        /// It goes up and down: it stands, and its changes are counted.
        case digest
    }

    package let kind: Kind
    package let key: AlertKey
    package let severity: Severity
    /// What it was called before, where it became more severe.
    package let severityBefore: Severity?
    package let sight: AlertReading.Sight
    /// Since when it stands, in seconds since 1970.
    package let startsAt: Double
    /// When it was cleared; nil while it stands.
    package let endsAt: Double?
    /// When the message was made, in seconds since 1970.
    package let time: Double
    /// Seconds from the look that its figures are of to the message.
    package let age: Double
    /// How often it was raised and cleared without a message; nil where each was told.
    package let untold: Untold?
    /// What else is known: a limit from counters since that look, or why nothing more is.
    package var remark: String?

    /// Changes that had no message of their own.
    package struct Untold: Sendable, Hashable {
        package var raised = 0
        package var cleared = 0
        /// Over how many seconds.
        package var seconds = 0.0

        var isEmpty: Bool { raised + cleared == 0 }
    }

    /// Whether the alert stands after it.
    package var isFiring: Bool { kind != .cleared }
}
