/// What became of the messages to a receiver since the agent started.
package struct DeliveryCounts: Sendable, Hashable {
    /// Messages that it took; alerts that are only repeated do not count.
    package var sent = 0
    /// Tries that failed.
    package var failed = 0
    /// Messages that were given up.
    package var dropped = 0

    package init() {}

    package static func + (one: DeliveryCounts, other: DeliveryCounts) -> DeliveryCounts {
        var sum = one
        sum.sent += other.sent
        sum.failed += other.failed
        sum.dropped += other.dropped
        return sum
    }
}
