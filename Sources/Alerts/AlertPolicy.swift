package import Model

/// From which level on, and after how long, an alert of a rule is raised; and when it is cleared again.
package struct AlertPolicy: Sendable, Hashable {
    /// What one look says of a subject.
    package enum Condition: Sendable, Hashable {
        case over
        /// Below the level at which it is raised, and not yet below that at which it is cleared.
        case between
        case under
    }

    /// Shares at which it is raised and cleared; nil where a finding is there or is not.
    package var levels: (raise: Double, clear: Double)? {
        raiseLevel.flatMap { raise in clearLevel.map { (raise, $0) } }
    }
    private var raiseLevel: Double?
    private var clearLevel: Double?
    /// Seconds for which it stands, with nothing seen to the contrary, before it is raised.
    package var raiseSeconds = 0.0
    /// Looks that have to show it.
    package var looks = 1
    /// Looks that may lack it in between.
    package var misses = 0
    /// Seconds between two looks that show it to be over, with no other in between that does not.
    package var clearSeconds = 60.0

    /// Seconds from raising an alert to clearing it, at least: so a subject has one pair of both a minute at most, and no
    /// alert ever waits to be raised.
    package static let shortest = 60.0

    package static func of(_ rule: RuleID) -> AlertPolicy {
        var policy = AlertPolicy()
        switch rule {
        case .portsSlow:
            (policy.raiseLevel, policy.clearLevel) = (0.45, 0.40)
            (policy.raiseSeconds, policy.clearSeconds) = (10, 10)
        case .portsExhausting: (policy.raiseLevel, policy.clearLevel) = (0.95, 0.85)
        case .conntrackNearFull: (policy.raiseLevel, policy.clearLevel) = (0.75, 0.70)
        case .queueOverflowing: policy.clearSeconds = 300
        case .settingDrifted: break
        default:
            // One look may lack what those around it show.
            (policy.looks, policy.misses) = (2, 1)
        }
        return policy
    }

    /// What a level says by itself.
    package func condition(at level: Double) -> Condition {
        guard let levels else { return level > 0 ? .over : .under }
        return level >= levels.raise ? .over : level < levels.clear ? .under : .between
    }
}
