import Audit
import Model
import Watching

/// What the last look at everything found in a namespace.
struct NamespaceFindings {
    let netns: String
    /// CLOCK_BOOTTIME of that look, in seconds.
    let asOf: Double
    let situation: Situation
    /// Those that are severe enough, the most severe of each rule and subject.
    private let findings: [AlertKey: Finding]

    /// Nil before the first such look.
    init?(_ view: WatchedView, minimum: Severity) {
        guard let assessment = view.watched.assessment,
            let asOf = view.watched.schedule.time(of: .everything)
        else { return nil }
        netns = view.name
        self.asOf = asOf
        situation = assessment.situation
        findings = Dictionary(
            assessment.findings.filter { $0.severity >= minimum }.map {
                (AlertKey(rule: $0.rule, netns: view.name, subject: $0.subject), $0)
            }, uniquingKeysWith: { $0.severity >= $1.severity ? $0 : $1 })
    }

    subscript(key: AlertKey) -> Finding? { findings[key] }

    /// The findings of one rule.
    func findings(of rule: RuleID) -> [AlertKey: Finding] {
        findings.filter { $0.key.rule == rule }
    }

    /// Of every rule but that of queues, which counters tell each second.
    func readings(known: [AlertKey]) -> [AlertKey: AlertReading] {
        var readings = PortReadings(self, known: known).readings
        for (key, finding) in findings where Self.isPlain(key.rule) {
            readings[key] = AlertReading(.over, asOf: asOf, AlertReading.Sight(finding))
        }
        for key in known where readings[key] == nil && Self.isPlain(key.rule) {
            readings[key] = AlertReading(absence(of: key.rule), asOf: asOf)
        }
        return readings
    }

    /// Whether a finding alone tells of it.
    private static func isPlain(_ rule: RuleID) -> Bool {
        ![.queueOverflowing, .portsSlow, .portsExhausting].contains(rule)
    }

    /// What it says that a rule found nothing.
    private func absence(of rule: RuleID) -> AlertPolicy.Condition {
        guard rule == .conntrackNearFull, let fill = situation.trackedRatio else { return .under }
        // Its finding says when it is over.
        return AlertPolicy.of(rule).condition(at: fill) == .under ? .under : .between
    }
}
