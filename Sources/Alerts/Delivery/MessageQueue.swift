/// Messages one by one, in their order: each is tried until it is taken, or has been tried often enough.
package struct MessageQueue: Outbox {
    /// So many wait at most; then the oldest are dropped.
    package static let most = 1000

    package private(set) var counts = DeliveryCounts()
    private var waiting: [AlertMessage] = []
    private let mostTries: Int
    private var failures = 0
    private var notBefore = -Double.infinity
    /// Whether the first of those waiting is being delivered.
    private var isUnderway = false

    package init(mostTries: Int) { self.mostTries = mostTries }

    package var due: Double? { waiting.isEmpty ? nil : notBefore }

    package mutating func accept(_ message: AlertMessage, at now: Double) {
        if waiting.count >= Self.most { drop() }
        waiting.append(message)
    }

    package mutating func next(at now: Double) -> [AlertMessage] {
        guard let first = waiting.first, now >= notBefore else { return [] }
        isUnderway = true
        return [first]
    }

    package mutating func noteDelivered(at now: Double) {
        counts.sent += 1
        // It was dropped while it was being delivered, and arrived all the same.
        if !isUnderway { counts.dropped -= 1 }
        failures = 0
        notBefore = -.infinity
        removeFirst()
    }

    package mutating func noteFailure(isFinal: Bool, at now: Double, random: Double) {
        counts.failed += 1
        failures += 1
        notBefore = now + Backoff.seconds(after: failures, random: random)
        guard isFinal || failures >= mostTries else { return }
        failures = 0
        if isUnderway { counts.dropped += 1 }
        removeFirst()
    }

    private mutating func removeFirst() {
        if isUnderway, !waiting.isEmpty { waiting.removeFirst() }
        isUnderway = false
    }

    private mutating func drop() {
        waiting.removeFirst()
        counts.dropped += 1
        isUnderway = false
    }
}
