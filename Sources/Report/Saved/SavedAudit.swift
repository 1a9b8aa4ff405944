import Audit
import Model

/// What two audits can be compared by, from a snapshot or from an audit's JSON.
package struct SavedAudit: Sendable {
    var spaces: [Space]

    /// One network namespace.
    struct Space: Sendable {
        var name: String
        /// Seconds since 1970.
        var time: Double?
        var states: StateCounts
        var tuples: [Tuple]
        var listeners: [Listener]
        var findings: [SavedFinding]
        /// Those with a value, by key.
        var settings: [String: String]
        /// What an audit's JSON leaves out; nil where it was read from such.
        var snapshot: Observation.View?

        struct Tuple: Sendable {
            var name: String
            var used: Int
            var usable: Int
            /// The share of ports that are taken and cannot be had again.
            var blockedRatio: Double
            var closingPerSecond: Double?
            var secondsToExhaustion: Double?
        }

        struct Listener: Sendable {
            var address: String
            var queue: Int
            var backlog: Int?

            /// How full the accept queue is; nil where its limit is not known.
            var fill: Double? {
                guard let backlog else { return nil }
                return Double(queue) / Double(backlog + 1)
            }
        }
    }

    init(_ assessments: [Assessment]) { spaces = assessments.map(Space.init) }

    var time: Double? { spaces.first?.time }
}

extension SavedAudit.Space {
    init(_ assessment: Assessment) {
        let situation = assessment.situation
        let now = situation.now
        name = now.namespace.name
        time = now.time
        states = now.states
        tuples = situation.tuples.map {
            Tuple(
                name: TupleText.name($0.tuple), used: $0.used, usable: $0.usable,
                blockedRatio: $0.blockedRatio, closingPerSecond: $0.closingPerSecond,
                secondsToExhaustion: $0.secondsToExhaustion)
        }
        listeners = now.listeners.map {
            Listener(
                address: $0.address.with(port: $0.port), queue: $0.queue, backlog: $0.backlog)
        }
        findings = assessment.findings.map(SavedFinding.init)
        settings = Dictionary(
            now.settings.compactMap { setting in setting.value.map { (setting.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        snapshot = Observation.View(now: now, earlier: situation.earlier)
    }
}
