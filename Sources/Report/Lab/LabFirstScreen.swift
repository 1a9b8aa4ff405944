import Audit
import Model
import Statistics
import Text

/// What is seen first of a lab result: the verdict in a sentence, and the numbers that matter.
struct LabFirstScreen {
    let results: [ExperimentResult]
    let host: Host
    /// How long it took in all.
    let seconds: Double

    var masthead: Masthead {
        let possible = results.filter { $0.unavailable == nil }
        let verdict = Verdict(all: possible.map(\.headline))
        var items: [Phrase] = [.strong(host.name), "Linux \(host.kernel)", "lab"]
        if results.count == 1, let only = results.first {
            items += [
                Phrase(only.name), Phrase("\(only.runs.counted("run")) per arm"),
            ]
        }
        let families = Set(results.compactMap(\.family))
        if families.count == 1, let family = families.first { items.append(Phrase(family.name)) }
        return Masthead(
            items: items + [Phrase(seconds.duration)],
            severity: tried?.answer.severity ?? verdict.severity, verdict: sentence, keys: keys,
            word: tried?.answer.rawValue ?? verdict.word)
    }

    /// What came of settings that were tried in a single experiment: that was asked.
    private var tried: TriedResult? { results.count == 1 ? results[0].tried : nil }

    /// Of one its claim or its answer, of several how many are confirmed and which are not.
    private var sentence: String {
        if let tried { return tried.sentence }
        if results.count == 1, let only = results.first {
            return only.headline == .inconclusive
                ? "Not shown by this run. The claim is: \(only.claim)" : only.claim
        }
        if results.contains(where: { $0.tried != nil }) { return answers }
        let proven = results.count { $0.verdict == .proven }
        let others = [Verdict.refuted, .inconclusive].compactMap { verdict -> String? in
            let names = results.filter {
                $0.verdict == verdict && $0.failure == nil && $0.unavailable == nil
            }.map(\.name)
            return names.isEmpty
                ? nil : "\(names.count) \(verdict.word): \(names.joined(separator: ", "))"
        }
        let failed = results.filter { $0.failure != nil }.map(\.name)
        let failures =
            failed.isEmpty ? [] : ["\(failed.count) failed: \(failed.joined(separator: ", "))"]
        let missing = results.filter { $0.unavailable != nil }.map(\.name)
        let absences =
            missing.isEmpty
            ? [] : ["\(missing.count) not tested here: \(missing.joined(separator: ", "))"]
        return (["\(proven) of \(results.count) confirmed"] + others + failures + absences)
            .joined(separator: "; ") + "."
    }

    /// Of settings that were tried in several: which say yes, and which no.
    private var answers: String {
        let parts = TriedResult.Answer.allCases.compactMap { answer -> String? in
            let names = results.filter { $0.tried?.answer == answer }.map(\.name)
            return names.isEmpty ? nil : "\(answer.title): \(names.joined(separator: ", "))"
        }
        return parts.joined(separator: "; ") + "."
    }

    /// Of one experiment, how far its remedy is from how it was: what differs first.
    private var keys: [KeyFigure] {
        guard results.count == 1, let only = results.first else { return [] }
        let found = only.tried?.effect ?? only.effect
        let effects = only.measures.compactMap { measure in
            found[measure.name].map { (measure, $0) }
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
        let found = result.tried?.effect ?? result.effect
        let effects = result.measures.compactMap { measure in
            found[measure.name].map { (measure, $0) }
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
            title: "\(first.arm) compared with \(first.than)",
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
                },
                note: .quiet(
                    "medians; (…) 95 % interval; ~ not significant"
                        + (result.runs < Comparison.fewestRuns
                            ? "; with fewer than \(Comparison.fewestRuns) runs, nothing is significant"
                            : ""))),
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

extension ExperimentResult {
    /// What the page comes to: the answer where settings were tried, the law's verdict elsewhere.
    var headline: Verdict { tried?.verdict ?? verdict }
}

extension TriedResult.Answer {
    var severity: Severity? {
        switch self {
        case .yes: nil
        case .partly, .no, .unclear: .warning
        }
    }

    /// As a word before a list.
    var title: String {
        switch self {
        case .yes: "yes"
        case .partly: "partly"
        case .no: "no"
        case .unclear: "unclear"
        }
    }

    /// Told apart without colour, too.
    var phrase: Phrase {
        switch self {
        case .yes: .good(title)
        case .partly, .no, .unclear: .severity(.warning, title)
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
