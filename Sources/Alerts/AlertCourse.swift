/// Whether a subject is in alarm, by what one look after the other says of it.
///
/// Raising goes by time in which nothing was seen to the contrary, so that an agent that cannot look often is not silent.
/// Clearing goes by what was seen alone: two looks that far apart, and every one between them, show that it is over.
struct AlertCourse: Sendable {
    let policy: AlertPolicy
    private(set) var isRaised = false
    /// When it was raised last, and when the looks before it first showed it.
    private(set) var raisedAt = 0.0
    private(set) var since = 0.0
    private(set) var lastSeen = -Double.infinity
    private var overSince: Double?
    private var looks = 0
    private var missed = 0
    private var underSince: Double?

    init(_ policy: AlertPolicy) { self.policy = policy }

    /// Whether nothing is left to wait for.
    var isIdle: Bool { !isRaised && overSince == nil }

    /// Takes in a look; one that was taken in already says nothing more.
    mutating func take(_ condition: AlertPolicy.Condition, asOf: Double) {
        guard asOf > lastSeen else { return }
        lastSeen = asOf
        if condition == .over {
            if overSince == nil { overSince = asOf }
            looks += 1
            missed = 0
            underSince = nil
            return
        }
        missed += 1
        if missed > policy.misses {
            overSince = nil
            looks = 0
        }
        underSince = condition == .under ? underSince ?? asOf : nil
    }

    /// Whether it is raised or cleared now.
    ///
    /// - Parameter mayRaise: false where an alert that says more stands.
    mutating func settle(at now: Double, mayRaise: Bool = true) -> Bool {
        if isRaised {
            guard let underSince, lastSeen - underSince >= policy.clearSeconds,
                now - raisedAt >= AlertPolicy.shortest
            else { return false }
            isRaised = false
            return true
        }
        guard mayRaise, let overSince, looks >= policy.looks,
            now - overSince >= policy.raiseSeconds
        else { return false }
        isRaised = true
        raisedAt = now
        since = overSince
        return true
    }

    /// Clears it, for nothing can be seen of it any more.
    mutating func abandon() {
        isRaised = false
        overSince = nil
        looks = 0
    }
}
