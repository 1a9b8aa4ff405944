import Audit
import HostState
import Lab

/// What is seen first of a lab result: the verdict in a sentence, and the numbers that matter.
struct LabFirstScreen {
    let results: [ExperimentResult]
    let host: Host
    /// How long it took in all.
    let seconds: Double

    var masthead: Masthead {
        let verdict = Verdict(all: results.map(\.verdict))
        var items: [Phrase] = [.strong(host.name), "Linux \(host.kernel)", "lab"]
        if results.count == 1, let only = results.first {
            items += [
                Phrase(only.name), Phrase("\(only.runs) \(only.runs == 1 ? "run" : "runs") an arm"),
            ]
        }
        return Masthead(
            items: items + [Phrase(seconds.duration)], severity: verdict.severity,
            verdict: sentence, keys: keys, word: verdict.rawValue)
    }

    /// Of one its claim, of several how many are proven and which are not.
    private var sentence: String {
        if results.count == 1, let only = results.first { return only.claim }
        let proven = results.count { $0.verdict == .proven }
        let others = [Verdict.refuted, .inconclusive].compactMap { verdict -> String? in
            let names = results.filter { $0.verdict == verdict }.map(\.name)
            return names.isEmpty
                ? nil : "\(names.count) \(verdict.rawValue): \(names.joined(separator: ", "))"
        }
        return (["\(proven) of \(results.count) proven"] + others).joined(separator: "; ") + "."
    }

    /// Of one experiment, how far its remedy is from how it was: what differs first.
    private var keys: [KeyFigure] {
        guard results.count == 1, let only = results.first else { return [] }
        let effects = only.measures.compactMap { measure in
            only.effect[measure.name].map { (measure, $0) }
        }
        let apart = effects.filter { $0.1.isApart }
        return (apart + effects.filter { !$0.1.isApart }).prefix(3).map { measure, effect in
            KeyFigure(
                measure.unit.text(effect.after), "\(measure.title), \(effect.arm)",
                word: effect.isApart ? effect.verdict : nil,
                before: measure.unit.text(effect.before), change: effect.changeText(measure.unit))
        }
    }

    /// How far the arms are apart, a row a measure; nil where nothing was compared.
    static func effects(_ result: ExperimentResult) -> Chart? {
        let effects = result.measures.compactMap { measure in
            result.effect[measure.name].map { (measure, $0) }
        }
        guard let first = effects.first?.1 else { return nil }
        let rows = effects.map { measure, effect in
            let isRatio = effect.changeRatio != nil && effect.interval.count == 2
            let change =
                effect.changeRatio ?? (effect.after == effect.before ? 0 : Double.infinity)
            return EffectsChart.Row(
                name: measure.title, change: change, low: isRatio ? effect.interval[0] : change,
                high: isRatio ? effect.interval[1] : change,
                verdict: effect.isApart || effect.verdict == "same" ? effect.verdict : "unclear")
        }
        return Chart(
            title: "\(first.arm) against \(first.than)",
            summary: rows.map { "\($0.name): \(EffectsChart.text($0))" }.joined(separator: "; ")
                + ".",
            kind: .effects(EffectsChart(rows: rows)),
            table: Table(
                "",
                columns: [
                    Table.Column(""), Table.Column(first.than, isNumber: true),
                    Table.Column(first.arm, isNumber: true),
                    Table.Column("change", isNumber: true), Table.Column("p", isNumber: true),
                ],
                rows: effects.map { measure, effect in
                    [
                        .text(measure.title), .text(measure.unit.text(effect.before)),
                        .text(measure.unit.text(effect.after)),
                        .text(effect.changeText(measure.unit)), .text(ChanceText.short(effect.p)),
                    ]
                }, note: .quiet("medians; (…) 95 % interval; ~ not significant")),
            isRepeated: false)
    }
}

extension Verdict {
    fileprivate var severity: Severity? {
        switch self {
        case .proven: nil
        case .refuted: .critical
        case .inconclusive: .warning
        }
    }
}

extension Effect {
    /// Whether chance alone would seldom have made it.
    var isApart: Bool { p < Comparison.significance && before != after }

    /// `-98 % (-99 … -97 %)`; `~` where it is not significant.
    func changeText(_ unit: Measure.Unit) -> String {
        guard isApart else { return verdict == "same" ? "same" : "~" }
        guard interval.count == 2 else { return changeRatio.map(ChangeText.short) ?? "from 0" }
        guard let changeRatio else {
            return "from 0 (\(unit.text(interval[0])) … \(unit.text(interval[1])))"
        }
        return "\(ChangeText.short(changeRatio)) (\(ChangeText.interval(interval[0], interval[1])))"
    }
}
