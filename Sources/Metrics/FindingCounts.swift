import Audit
import Model
import Watching

/// How many findings of each rule and severity are present, in all namespaces together.
struct FindingCounts {
    private var counts: [RuleID: [Severity: Int]] = [:]

    /// Every rule at each severity that it finds: all of them have series, also where nothing is found.
    static let most = RuleSeverities.all.reduce(0) { $0 + $1.severities.count }

    init(_ views: [WatchedView]) {
        for entry in views.flatMap(\.watched.findings.present) {
            counts[entry.finding.rule, default: [:]][entry.finding.severity, default: 0] += 1
        }
    }

    func add(to page: inout MetricPage) {
        for (rule, severities) in RuleSeverities.all {
            for severity in severities {
                page.add(
                    .findings, [rule.rawValue, severity.rawValue],
                    .count(counts[rule]?[severity] ?? 0))
            }
        }
    }

    func addSeverities(to page: inout MetricPage) {
        for severity in Severity.allCases {
            page.add(
                .hostFindings, [severity.rawValue],
                .count(counts.values.reduce(0) { $0 + ($1[severity] ?? 0) }))
        }
    }
}
