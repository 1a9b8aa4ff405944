import Audit
import Glibc
import Model
import Statistics
import Text

/// The numbers of a comparison as they are written.
struct ComparisonFigures {
    private let comparison: ComparisonJSON

    init(_ comparison: ComparisonJSON) { self.comparison = comparison }

    /// More rows than this are a table, not a picture.
    private static let rows = 12

    /// The two or three that matter: what failed, then what moved the furthest one way or the other.
    var keys: [KeyFigure] {
        let failed = Set(comparison.gates.flatMap(\.failed))
        let known = comparison.metrics.filter { $0.verdict == .better || $0.verdict == .worse }
            .sorted {
                let (first, second) = (failed.contains($0.name), failed.contains($1.name))
                return first == second ? $0.distance > $1.distance : first
            }
        let rest = comparison.metrics.filter { $0.verdict == .same || $0.verdict == .unclear }
        return (known + rest).prefix(3).map { metric in
            KeyFigure(
                metric.unit.text(metric.after), metric.title,
                severity: failed.contains(metric.name) ? .critical : nil,
                word: metric.verdict == .better || metric.verdict == .worse
                    ? metric.verdict.rawValue : nil,
                before: metric.unit.text(metric.before),
                change: [metric.changeText, metric.intervalText.map { "(\($0))" } ?? ""]
                    .filter { !$0.isEmpty }.joined(separator: " "))
        }
    }

    /// How far each is from what it was; nil where nothing can be drawn.
    var chart: Chart? {
        let drawn = comparison.metrics
            .filter { $0.before != $0.after || $0.verdict != .same }
            .sorted { ($0.isApart ? 1 : 0, $0.distance) > ($1.isApart ? 1 : 0, $1.distance) }
            .prefix(Self.rows)
        guard !drawn.isEmpty else { return nil }
        let rows = drawn.map { metric in
            let change = metric.changeRatio ?? .infinity
            let isRatio = metric.changeRatio != nil && metric.interval.count == 2
            return EffectsChart.Row(
                name: metric.title, change: change, low: isRatio ? metric.interval[0] : change,
                high: isRatio ? metric.interval[1] : change, verdict: metric.shape.rawValue)
        }
        let left = comparison.metrics.count - rows.count
        return Chart(
            title: "After compared with before",
            summary: rows.map { "\($0.name): \(EffectsChart.text($0))" }.joined(separator: "; ")
                + (left > 0 ? "; \(left.grouped) more in the table." : "."),
            kind: .effects(EffectsChart(rows: Array(rows))), table: table, isRepeated: true)
    }

    var table: Table {
        let hasTests = comparison.metrics.contains { $0.p != nil }
        var columns = [
            Table.Column(""), Table.Column("before", isNumber: true),
            Table.Column("after", isNumber: true), Table.Column("change", isNumber: true),
        ]
        if hasTests {
            columns += [
                Table.Column("95 % interval", isNumber: true, rank: 2),
                Table.Column("p", isNumber: true, rank: 1),
            ]
        }
        columns += [Table.Column("verdict")]
        let margin = MetricChange.margin.percent
        let hasRuns = comparison.metrics.contains { $0.basis == .runs || !$0.isSingle }
        var note =
            hasTests
            ? "\(hasRuns ? "medians; " : "")95 % intervals; p corrected for \(comparison.metrics.count { $0.p != nil }.counted("quantity", "quantities")); ~ not significant; same: within \(margin)"
            : "same: within \(margin)"
        if comparison.metrics.contains(where: {
            $0.basis == .runs && min($0.runsBefore, $0.runsAfter) < Comparison.fewestRuns
        }) {
            note +=
                "; with fewer than \(Comparison.fewestRuns) runs per side, nothing is significant"
        }
        if comparison.metrics.contains(where: { !$0.isJudged }) {
            note += "; not rated: its own variation is unknown"
        }
        return Table(
            "Before and after", columns: columns,
            rows: comparison.metrics.map { metric in
                var row: [Table.Cell] = [
                    .text(metric.title), .text(metric.unit.text(metric.before)),
                    .phrase(.strong(metric.unit.text(metric.after))), .text(metric.changeText),
                ]
                if hasTests { row += [.text(metric.intervalText), .text(metric.pText)] }
                return row + [.phrase(metric.verdictPhrase)]
            },
            note: .quiet(note))
    }
}

extension MetricChange {
    /// Of a void comparison: what was measured stays, and nothing is concluded.
    mutating func loseJudgement() {
        verdict = .unclear
        basis = MetricChange.Basis.none
        interval = []
        p = nil
        adjustedP = nil
    }

    /// `-98 %`; `~` where chance alone may have made it, and so no number is told.
    var changeText: String {
        guard isApart else { return verdict == .same ? "same" : "~" }
        guard let changeRatio else { return after == before ? "same" : "from 0" }
        return ChangeText.short(changeRatio)
    }

    /// Of the change, or of the difference where there was nothing before.
    var intervalText: String? {
        guard interval.count == 2, isApart else { return nil }
        return changeRatio == nil
            ? "\(unit.text(interval[0])) … \(unit.text(interval[1]))"
            : ChangeText.interval(interval[0], interval[1])
    }

    var pText: String? { (adjustedP ?? p).map(ChanceText.short) }

    var shape: Shape {
        switch verdict {
        case .better: .better
        case .worse: .worse
        case .same: .same
        case .unclear: isApart ? (after > before ? .more : .less) : .unclear
        }
    }

    var verdictPhrase: Phrase {
        switch shape {
        case .better: .good("better")
        case .worse: .severity(.critical, "worse")
        case .same: .quiet("same")
        case .unclear: .quiet(isJudged ? "unclear" : "not rated")
        case .more: "more"
        case .less: "less"
        }
    }

    /// How far it moved, half as far as twice; from or to nothing is furthest.
    var distance: Double {
        guard let changeRatio else { return after == before ? 0 : .infinity }
        guard changeRatio > -1 else { return .infinity }
        return abs(log(1 + changeRatio))
    }
}
