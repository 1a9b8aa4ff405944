import Audit
import Model
import Text

/// An audit in at most 4 kB, for collecting from many hosts: who it is, its states, what is fullest, what was found.
struct SummaryJSON: Encodable, Sendable {
    let time: String?
    let timeSeconds: Double?
    let intervalSeconds: Double?
    /// How many network namespaces it is about; those of rows are named where there are several.
    let namespaces: Int
    let namespace: String?
    let sockets: Int
    let states: StateCounts
    let severityCounts: [String: Int]
    /// Where ports are fewest.
    let tuples: [TupleRowJSON]
    /// Where most connections wait or were dropped.
    let listeners: [ListenerRowJSON]
    let findings: [FindingRow]
    /// Settings that are not what boot will set.
    let drift: [String]
    let leftOut: LeftOut

    struct FindingRow: Encodable, Sendable {
        let namespace: String?
        let rule: RuleID
        let severity: Severity
        let subject: String
    }

    /// How many of each there are beside those that are listed.
    struct LeftOut: Encodable, Sendable {
        let tuples: Int
        let listeners: Int
        let findings: Int
        let drift: Int
    }

    /// Bytes of the whole document at most.
    static let largest = 4096
    private static let rows = 5
    static let mostFindings = 12

    /// - Parameter most: rows of each list at most, beside its own limit.
    init(_ assessments: [Assessment], most: Int = mostFindings) {
        let first = assessments.first?.situation
        let areSeveral = assessments.count > 1
        time = first.flatMap { UTC.iso($0.now.time) }
        timeSeconds = first?.now.time.rounded4
        intervalSeconds = first?.interval?.rounded4
        namespaces = assessments.count
        namespace = areSeveral ? nil : first?.now.namespace.name
        states = assessments.reduce(StateCounts()) { $0 + $1.situation.now.states }
        sockets = states.total
        let all = assessments.flatMap { one in
            one.findings.map {
                FindingRow(
                    namespace: areSeveral ? one.situation.now.namespace.name : nil, rule: $0.rule,
                    severity: $0.severity, subject: $0.subject)
            }
        }
        severityCounts = Dictionary(
            uniqueKeysWithValues: Severity.allCases.map { severity in
                (severity.rawValue, all.count { $0.severity == severity })
            })
        findings = Array(all.mostSevereFirst(by: \.severity).prefix(most))
        let tuples = Self.tuples(assessments, areSeveral)
        self.tuples = Array(tuples.prefix(min(Self.rows, most)))
        let listeners = Self.listeners(assessments, areSeveral)
        self.listeners = Array(listeners.prefix(min(Self.rows, most)))
        let drift = all.filter { $0.rule == .settingDrifted }.map(\.subject)
        self.drift = Array(drift.prefix(min(Self.rows, most)))
        leftOut = LeftOut(
            tuples: max(
                0,
                assessments.reduce(0) { $0 + $1.situation.now.tupleCount } - self.tuples.count),
            listeners: listeners.count - self.listeners.count,
            findings: all.count - findings.count, drift: drift.count - self.drift.count)
    }

    private static func tuples(
        _ assessments: [Assessment], _ areSeveral: Bool
    ) -> [TupleRowJSON] {
        assessments.flatMap { one in
            one.situation.tuples.prefix(rows).map { (one.situation, $0) }
        }.sorted { $0.1.usedRatio > $1.1.usedRatio }.map { situation, tuple in
            TupleRowJSON(
                tuple, in: situation,
                namespace: areSeveral ? situation.now.namespace.name : nil,
                closingPerSecond: tuple.closingPerSecond)
        }
    }

    private static func listeners(
        _ assessments: [Assessment], _ areSeveral: Bool
    ) -> [ListenerRowJSON] {
        assessments.flatMap { one in one.situation.now.listeners.map { (one, $0) } }
            .sorted { left, right in
                (fill(left.1), left.1.drops ?? 0) > (fill(right.1), right.1.drops ?? 0)
            }
            .map { one, listener in
                var row = ListenerRowJSON(listener)
                row.namespace = areSeveral ? one.situation.now.namespace.name : nil
                row.owner = listener.owner.name
                return row
            }
    }

    private static func fill(_ listener: Listener) -> Double {
        Double(listener.queue) / Double(max(listener.backlog ?? 0, 0) + 1)
    }

    enum CodingKeys: String, CodingKey {
        case time, namespaces, namespace, sockets, states, tuples, listeners, findings, drift
        case timeSeconds = "time_seconds"
        case intervalSeconds = "interval_seconds"
        case severityCounts = "severity_counts"
        case leftOut = "left_out"
    }
}
