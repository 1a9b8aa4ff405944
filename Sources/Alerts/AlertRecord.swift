import Audit
import Model

/// One alert: its course, what was said of it, and what may be said.
struct AlertRecord: Sendable {
    let key: AlertKey
    private(set) var course: AlertCourse
    private var allowance = MessageAllowance()
    private var sight: AlertReading.Sight?
    /// What the receivers know: the severity at which it stands; nil where it does not.
    private(set) var told: Severity?
    private var startsAt = 0.0
    private var untold = AlertMessage.Untold()
    private var untoldSince: Double?
    /// When it was last among what is watched.
    private var watchedAt: Double

    /// Seconds after which nothing is expected any more of a namespace that is not watched.
    static let patience = 60.0

    init(_ key: AlertKey, at now: Double) {
        self.key = key
        course = AlertCourse(.of(key.rule))
        watchedAt = now
    }

    mutating func take(_ reading: AlertReading) {
        if reading.condition == .over || course.isRaised, let sight = reading.sight,
            reading.asOf > course.lastSeen
        {
            self.sight = sight
        }
        course.take(reading.condition, asOf: reading.asOf)
    }

    /// Whether it can be forgotten.
    func isOver(at now: Double) -> Bool {
        course.isIdle && told == nil && allowance.isUnused(at: now)
    }

    /// What there is to tell now.
    ///
    /// - Parameters:
    ///   - clock: the same moment in seconds since 1970.
    ///   - mayRaise: false where an alert that says more stands.
    mutating func settle(
        at now: Double, clock: Double, isWatched: Bool, mayRaise: Bool
    ) -> AlertMessage? {
        if isWatched { watchedAt = now }
        let isGone = now - watchedAt >= Self.patience
        var hasChanged = false
        if isGone {
            hasChanged = course.isRaised
            course.abandon()
        } else {
            hasChanged = course.settle(at: now, mayRaise: mayRaise)
        }
        if course.isRaised { return raised(hasChanged, at: now, clock: clock) }
        guard told != nil else { return nil }
        return cleared(hasChanged, isGone: isGone, at: now, clock: clock)
    }

    private mutating func raised(
        _ hasChanged: Bool, at now: Double, clock: Double
    ) -> AlertMessage? {
        guard let sight else { return nil }
        guard let before = told else {
            told = sight.severity
            // It stands since the look that first showed it.
            startsAt = clock - max(0, now - course.since)
            return message(.raised, sight.severity, at: now, clock: clock)
        }
        if hasChanged { leaveOut(\.raised, at: now) }
        // It is not called less severe as long as it stands.
        if sight.severity > before {
            told = sight.severity
            return message(.raised, sight.severity, before: before, at: now, clock: clock)
        }
        return digest(before, at: now, clock: clock)
    }

    private mutating func cleared(
        _ hasChanged: Bool, isGone: Bool, at now: Double, clock: Double
    ) -> AlertMessage? {
        guard let severity = told else { return nil }
        guard allowance.allowsClear(at: now) else {
            if hasChanged { leaveOut(\.cleared, at: now) }
            return digest(severity, at: now, clock: clock)
        }
        told = nil
        var message = message(.cleared, severity, at: now, clock: clock)
        if isGone {
            message?.remark =
                "its network namespace is no longer watched: nothing is known of it"
        }
        return message
    }

    private mutating func leaveOut(
        _ count: WritableKeyPath<AlertMessage.Untold, Int>, at now: Double
    ) {
        untold[keyPath: count] += 1
        if untoldSince == nil { untoldSince = now }
    }

    /// Once an hour, while it goes up and down.
    private mutating func digest(
        _ severity: Severity, at now: Double, clock: Double
    ) -> AlertMessage? {
        guard let untoldSince, now - untoldSince >= MessageAllowance.hour,
            allowance.allowsDigest(at: now)
        else { return nil }
        return message(.digest, severity, at: now, clock: clock)
    }

    private mutating func message(
        _ kind: AlertMessage.Kind, _ severity: Severity, before: Severity? = nil, at now: Double,
        clock: Double
    ) -> AlertMessage? {
        guard let sight else { return nil }
        allowance.note(at: now)
        untold.seconds = untoldSince.map { now - $0 } ?? 0
        let message = AlertMessage(
            kind: kind, key: key, severity: severity, severityBefore: before, sight: sight,
            startsAt: startsAt, endsAt: kind == .cleared ? clock : nil, time: clock,
            age: max(0, now - course.lastSeen), untold: untold.isEmpty ? nil : untold)
        if kind != .raised {
            untold = AlertMessage.Untold()
            untoldSince = nil
        }
        return message
    }
}
