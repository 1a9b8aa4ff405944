import Audit
import Model
import Text

/// The numbers of a proof as they are written.
struct ProofFigures {
    let proof: Proof

    init(_ proof: Proof) { self.proof = proof }

    /// The two or three that matter.
    var keys: [KeyFigure] {
        let first = proof.metrics.filter { $0.role == .decisive }
        let others = proof.metrics.filter {
            $0.role != .decisive && ($0.verdict == .better || $0.verdict == .worse)
        }
        return (first + others).prefix(3).map { metric in
            KeyFigure(
                metric.unit.text(metric.after), metric.title,
                word: metric.isDifferent ? metric.verdict.rawValue : nil,
                before: metric.unit.text(metric.before), change: Self.change(metric))
        }
    }

    /// `-73 % (-75 … -71 %)`; `~` where it is not significant.
    static func change(_ metric: ProofMetric) -> String {
        guard metric.isDifferent else { return metric.verdict == .same ? "the same" : "~" }
        return change(metric.changeRatio, metric.interval, metric.unit)
    }

    private static func change(
        _ ratio: Double?, _ interval: [Double], _ unit: Measure.Unit
    ) -> String {
        guard interval.count == 2 else { return "changed" }
        guard let ratio else {
            return "from 0 (\(unit.text(interval[0])) … \(unit.text(interval[1])))"
        }
        // Beyond tenfold a factor reads better than a percentage.
        if ratio >= 9 {
            return
                "× \((ratio + 1).figure) (\((interval[0] + 1).figure) … \((interval[1] + 1).figure))"
        }
        return "\(signed(ratio)) % (\(signed(interval[0])) … \(signed(interval[1])))"
    }

    private static func signed(_ ratio: Double) -> String {
        let percent = (ratio * 100).rounded()
        return (percent > 0 ? "+" : percent < 0 ? "−" : "±") + Int64(percent.magnitude).grouped
    }

    var table: Table {
        Table(
            "Before and after",
            columns: [
                Table.Column(""),
                Table.Column("before", isNumber: true), Table.Column("after", isNumber: true),
                Table.Column("change", isNumber: true), Table.Column("p", isNumber: true, rank: 1),
                Table.Column("", rank: 2),
            ],
            rows: proof.metrics.map { metric in
                [
                    .text(metric.title), .text(metric.unit.text(metric.before)),
                    .phrase(.strong(metric.unit.text(metric.after))),
                    .phrase(metric.isDifferent ? Phrase(Self.change(metric)) : .quiet("~")),
                    .text(Self.chance(metric.adjustedP)), .phrase(Self.word(metric)),
                ]
            },
            note: Phrase(note))
    }

    private var note: String {
        var text =
            "medians of \(proof.runs.counted("run")); (…) 95 % interval; ~ not significant; same: within the share shown"
        if let below = proof.metrics.compactMap(\.belowSeconds).first {
            text += "; a change of a time below \(below.duration) is too small to matter"
        }
        if proof.metrics.contains(where: {
            $0.role == .answered && $0.isDifferent && $0.belowSeconds == nil
        }) {
            text +=
                "; more, less: not rated, because the two sides answered different shares of the requests"
        }
        return text
    }

    /// Three places: what is told by is at 0.05.
    static func chance(_ p: Double) -> String {
        let thousandths = Int((p * 1000).rounded())
        guard thousandths > 0 else { return "< 0.001" }
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    private static func word(_ metric: ProofMetric) -> Phrase {
        switch metric.verdict {
        case .better: .good("better")
        case .worse: .severity(.warning, "worse")
        case .same:
            .quiet("same" + (metric.marginRatio.map { ", within \($0.percentUp)" } ?? ""))
        case .unclear: .quiet("unclear")
        case .more: Phrase("more" + below(metric))
        case .less: Phrase("less" + below(metric))
        }
    }

    private static func below(_ metric: ProofMetric) -> String {
        metric.belowSeconds.map { ", below \($0.duration)" } ?? ""
    }

    static func table(_ attribution: Attribution) -> Table {
        Table(
            "One setting left out at a time",
            columns: [
                Table.Column("without"),
                Table.Column("", isNumber: false),
                Table.Column("with it", isNumber: true), Table.Column("without it", isNumber: true),
                Table.Column("change", isNumber: true, rank: 1),
                Table.Column("", rank: 0),
            ],
            rows: attribution.lines.map { line in
                let isKnown = line.effect == .matters || line.effect == .harms
                return [
                    .phrase(.code(line.keys.joined(separator: ", "))), .text(line.title),
                    .text(line.unit.text(line.whole)), .text(line.unit.text(line.without)),
                    .phrase(
                        isKnown
                            ? Phrase(change(line.changeRatio, line.interval, line.unit))
                            : .quiet("~")),
                    .phrase(word(line.effect)),
                ]
            },
            note: Phrase("\(attribution.runs.counted("run")) of each, in turn"))
    }

    private static func word(_ effect: Attribution.Line.Effect) -> Phrase {
        switch effect {
        case .matters: .strong("matters")
        case .harms: .severity(.warning, "better without")
        case .none: .quiet("no effect by itself")
        case .unclear: .quiet("unclear")
        }
    }

    /// Every run of every arm.
    var samples: Table {
        let measures = proof.measures
        var rows: [[Table.Cell]] = []
        for arm in proof.arms {
            for (index, trial) in arm.trials.enumerated() {
                rows.append(
                    [.text(proof.title(of: arm.name)), .count(index + 1)]
                        + measures.map { measure in
                            .text(trial.values[measure.name].map(measure.unit.text))
                        } + [.text(trial.void ?? "")])
            }
        }
        return Table(
            "Every run",
            columns: [
                Table.Column("settings"), Table.Column("run", isNumber: true),
            ]
                + measures.map { Table.Column($0.title, isNumber: true) } + [Table.Column("void")],
            rows: rows, isFolded: true)
    }
}

extension Proof {
    /// What people call an arm: the two of a comparison are before and after; documents keep the names.
    func title(of arm: String) -> String {
        arm == arms.first?.name ? "before" : arm == arms.last?.name ? "after" : arm
    }
}
