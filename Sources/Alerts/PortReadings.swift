import Audit
import Model
import Text

/// What a look at everything says of the ports towards each destination.
struct PortReadings {
    private let sight: NamespaceFindings
    /// Those that are not far below a level, or have an alert, by the subject of their findings.
    private let tuples: [String: TupleAssessment]
    /// Whether a destination that is not among them is below every level.
    private let areAll: Bool
    /// The subjects that have an alert.
    private let known: Set<String>

    private static let rules: [RuleID] = [.portsExhausting, .portsSlow]

    init(_ sight: NamespaceFindings, known: [AlertKey]) {
        self.sight = sight
        let known = Set(known.filter { Self.rules.contains($0.rule) }.map(\.subject))
        self.known = known
        let situation = sight.situation
        let lowest = AlertPolicy.of(.portsSlow).levels?.clear ?? 0
        tuples = Dictionary(
            situation.tuples.filter {
                $0.blockedRatio >= lowest || !known.isEmpty && known.contains($0.tuple.text)
            }.map { ($0.tuple.text, $0) },
            uniquingKeysWith: { first, _ in first })
        // The fullest are kept one by one, and they are sorted: the last is the fullest that can have been left out.
        areAll =
            situation.now.socketsInTuplesLeftOut == 0
            || situation.tuples.last.map { $0.usedRatio < lowest } ?? true
    }

    var readings: [AlertKey: AlertReading] {
        var readings: [AlertKey: AlertReading] = [:]
        let found = Self.rules.flatMap { sight.findings(of: $0).keys.map(\.subject) }
        for subject in known.union(found) {
            for rule in Self.rules {
                let key = AlertKey(rule: rule, netns: sight.netns, subject: subject)
                readings[key] = readings[key] ?? reading(of: key)
            }
        }
        return readings
    }

    private func reading(of key: AlertKey) -> AlertReading? {
        let tuple = tuples[key.subject]
        let full = AlertKey(rule: .portsExhausting, netns: key.netns, subject: key.subject)
        // Ports that run out are more than those that are slow to be found.
        if let finding = sight[key] ?? (key.rule == .portsSlow ? sight[full] : nil) {
            var seen = AlertReading.Sight(finding)
            seen.tuple = tuple?.tuple
            // That they run out is the other alert's to say.
            if finding.rule != key.rule { seen.severity = min(seen.severity, .warning) }
            return AlertReading(.over, asOf: sight.asOf, seen)
        }
        guard let tuple else { return areAll ? AlertReading(.under, asOf: sight.asOf) : nil }
        let condition = AlertPolicy.of(key.rule).condition(at: tuple.blockedRatio)
        // Where the rule finds nothing at such a level, the burst is over and its TIME_WAIT runs off.
        return AlertReading(
            condition == .under ? .under : .between, asOf: sight.asOf, Self.sight(of: tuple))
    }

    private static func sight(of tuple: TupleAssessment) -> AlertReading.Sight {
        var seen = AlertReading.Sight(
            severity: .notice,
            observed:
                "\(tuple.used.grouped) of \(tuple.usable.grouped) ports are in use (\(tuple.usedRatio.percent))"
        )
        seen.tuple = tuple.tuple
        return seen
    }
}
