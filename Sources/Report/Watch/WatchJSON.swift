import Audit
import Model
import Text
import Watching

/// `data` of one look of a watch.
struct WatchJSON: Encodable {
    let time: String?
    let timeSeconds: Double?
    /// What this look read: `counters`, `closings` or `everything`.
    let look: String
    /// How old the tuples and findings are.
    let ageSeconds: Double?
    let socketsInUse: Int?
    let timeWait: Int?
    let perSecond: [String: Double]
    /// Closings of the last second that is over, and the share of them that was found.
    let closings: Int
    let coverageRatio: Double?
    let tuples: [TupleRowJSON]
    let listeners: [ListenerRowJSON]
    let findings: [Finding]
    /// Of one processor, used by looking since the beginning.
    let usedRatio: Double?

    struct Finding: Encodable {
        let rule: RuleID
        let severity: Severity
        let subject: String
        let observed: String
        /// For how long it has been there.
        let sinceSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case rule, severity, subject, observed
            case sinceSeconds = "since_seconds"
        }
    }

    private static let rows = 20

    init(_ watched: WatchedNamespace, _ look: LookSchedule.Look, time: Double) {
        self.time = UTC.iso(time)
        timeSeconds = time.rounded4
        self.look = look.word
        let counters = watched.samples.last
        let now = counters?.time ?? 0
        ageSeconds = watched.schedule.age(at: now)?.rounded4
        socketsInUse = counters?.inUse
        timeWait = counters?.inTimeWait
        var perSecond: [String: Double] = [:]
        for counter in FollowedCounter.allCases where !counter.isGauge {
            perSecond["\(counter.group).\(counter.name)"] = watched.rate(of: counter)?.rounded4
        }
        self.perSecond = perSecond
        closings = watched.closings.total(last: 1).first ?? 0
        coverageRatio = watched.closings.coverage(last: 60)?.rounded4
        let situation = watched.assessment?.situation
        tuples =
            situation.map { situation in
                situation.tuples.prefix(Self.rows).map {
                    TupleRowJSON(
                        $0, in: situation, closingPerSecond: $0.recentClosingPerSecond)
                }
            } ?? []
        listeners = watched.listeners.prefix(Self.rows).map { listener in
            var row = ListenerRowJSON(listener)
            row.dropsPerSecond =
                watched.drops[WatchedNamespace.ListenerPlace(listener)]?.rounded4
            return row
        }
        findings = watched.findings.present.prefix(Self.rows).map { entry in
            Finding(
                rule: entry.finding.rule, severity: entry.finding.severity,
                subject: entry.finding.subject, observed: entry.finding.observed,
                sinceSeconds: (now - entry.since).rounded4)
        }
        usedRatio = watched.schedule.budget.usedShare?.rounded4
    }

    enum CodingKeys: String, CodingKey {
        case time, look, closings, tuples, listeners, findings
        case timeSeconds = "time_seconds"
        case ageSeconds = "age_seconds"
        case socketsInUse = "sockets_in_use"
        case timeWait = "time_wait"
        case perSecond = "per_second"
        case coverageRatio = "coverage_ratio"
        case usedRatio = "used_ratio"
    }
}

extension LookSchedule.Look {
    fileprivate var word: String {
        switch self {
        case .counters: "counters"
        case .closings: "closings"
        case .everything: "everything"
        }
    }
}
