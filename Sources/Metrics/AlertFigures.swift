/// What the agent told of alerts.
package struct AlertFigures: Sendable, Hashable {
    /// What became of the messages to receivers of a kind.
    package struct Receiver: Sendable, Hashable {
        package var sent: Int
        package var failed: Int
        package var dropped: Int

        package init(sent: Int, failed: Int, dropped: Int) {
            self.sent = sent
            self.failed = failed
            self.dropped = dropped
        }
    }

    /// How many stand, by severity.
    package var standing: [String: Int]
    /// Subjects that no alert could be kept of.
    package var leftOut: Int
    package var receivers: [String: Receiver]

    package init(standing: [String: Int], leftOut: Int, receivers: [String: Receiver]) {
        self.standing = standing
        self.leftOut = leftOut
        self.receivers = receivers
    }

    var seriesCount: Int { standing.count + 1 + 3 * receivers.count }

    func add(to page: inout MetricPage) {
        for (severity, count) in standing {
            page.add(.alerts, [severity], .count(count))
        }
        page.add(.alertsLeftOut, .count(leftOut))
        for (receiver, counts) in receivers {
            page.add(.alertsSent, [receiver], .count(counts.sent))
            page.add(.alertsFailed, [receiver], .count(counts.failed))
            page.add(.alertsDropped, [receiver], .count(counts.dropped))
        }
    }
}
