/// How many messages of a rule and subject may be sent: six in any hour, and what is left out is summed up.
///
/// An alert that is raised or becomes more severe never waits: a clear, or a digest, is sent only where room is left for both
/// after it.
struct MessageAllowance: Sendable {
    static let mostAnHour = 6
    static let hour = 3600.0

    private var sent: [Double] = []

    /// Whether nothing was sent within the hour.
    func isUnused(at now: Double) -> Bool { count(at: now) == 0 }

    /// Whether an alert that was raised may be cleared: it may be raised again, and become more severe.
    func allowsClear(at now: Double) -> Bool { count(at: now) + 3 <= Self.mostAnHour }

    /// Whether changes may be summed up: the alert may become more severe.
    func allowsDigest(at now: Double) -> Bool { count(at: now) + 2 <= Self.mostAnHour }

    mutating func note(at now: Double) {
        sent.removeAll { now - $0 >= Self.hour }
        sent.append(now)
    }

    private func count(at now: Double) -> Int { sent.count { now - $0 < Self.hour } }
}
