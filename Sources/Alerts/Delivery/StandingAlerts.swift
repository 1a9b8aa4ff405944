/// The alerts that stand, repeated so that the receiver does not take them for over; and those that ended, until it knows.
package struct StandingAlerts: Outbox {
    /// Seconds between two repetitions.
    package static let between = 60.0
    /// Seconds for which the receiver takes an alert to stand without a repetition.
    package static let validity = 300.0
    /// So many that ended wait at most; the receiver takes the others for over by itself.
    package static let mostEnded = 1000

    package private(set) var counts = DeliveryCounts()
    private var standing: [AlertKey: AlertMessage] = [:]
    private var ended: [AlertMessage] = []
    private var failures = 0
    private var notBefore = -Double.infinity
    private var isChanged = false
    /// Messages that were not delivered yet, and those of them that are being delivered.
    private var fresh = 0
    private var underway: (fresh: Int, ended: Int) = (0, 0)

    package init() {}

    package var due: Double? {
        isChanged || !standing.isEmpty || !ended.isEmpty ? notBefore : nil
    }

    package mutating func accept(_ message: AlertMessage, at now: Double) {
        // Of another severity it is another alert to the receiver.
        if let before = standing[message.key],
            before.severity != message.severity || !message.isFiring
        {
            end(message.isFiring ? before.ended(at: message.time) : message)
        } else if !message.isFiring {
            end(message)
        }
        standing[message.key] = message.isFiring ? message : nil
        fresh += 1
        isChanged = true
        if failures == 0 { notBefore = -.infinity }
    }

    private mutating func end(_ message: AlertMessage) {
        ended.append(message)
        guard ended.count > Self.mostEnded else { return }
        ended.removeFirst()
        counts.dropped += 1
        underway.ended = max(0, underway.ended - 1)
    }

    package mutating func next(at now: Double) -> [AlertMessage] {
        guard let due, now >= due else { return [] }
        isChanged = false
        underway = (fresh, ended.count)
        return ended + standing.values.sorted { $0.key < $1.key }
    }

    package mutating func noteDelivered(at now: Double) {
        counts.sent += underway.fresh
        fresh -= underway.fresh
        ended.removeFirst(underway.ended)
        underway = (0, 0)
        failures = 0
        notBefore = isChanged ? -.infinity : now + Self.between
    }

    package mutating func noteFailure(isFinal: Bool, at now: Double, random: Double) {
        counts.failed += 1
        failures += 1
        underway = (0, 0)
        isChanged = true
        notBefore =
            now
            + Backoff.seconds(after: isFinal ? Backoff.tillLongest : failures, random: random)
    }
}

extension AlertMessage {
    /// The same, over.
    func ended(at time: Double) -> AlertMessage {
        AlertMessage(
            kind: .cleared, key: key, severity: severity, severityBefore: severityBefore,
            sight: sight, startsAt: startsAt, endsAt: time, time: time, age: age, untold: nil,
            remark: "It became more severe, and stands as another alert")
    }
}
