import Model
import Statistics
import Text

extension Experiment.Trying {
    /// - Parameters:
    ///   - arms: what all of the experiment's arms showed.
    ///   - seed: of the bootstrap.
    func judged(_ arms: [ArmResult], measures: [Measure], seed: UInt64) -> TriedResult {
        func judged(_ text: String, _ measure: String, _ range: ClosedRange<Double>) -> ClaimResult
        {
            Claim(text, .within(arm: arm, measure: measure, range))
                .judged(measures: measures, seed: seed) { name, measure in
                    arms.first { $0.name == name }?.sample(measure)
                }
        }
        let signs = purpose.signs.map {
            judged("with \(settings.words), \($0.goal)", $0.measure, $0.range)
        }
        let own = arms.first { $0.name == arm }
        let first = arms.first { $0.name == baseline }
        var effect: [String: Effect] = [:]
        if let own, let first {
            for measure in measures {
                effect[measure.name] = Effect(measure, own, than: first, seed: seed)
            }
        }
        let answer = Self.answer(signs.map(\.verdict))
        return TriedResult(
            settings: Dictionary(
                settings.settings.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 }),
            arm: arm, question: question, answer: answer,
            sentence: sentence(answer, signs, arms, measures, effect), signs: signs,
            claims: purpose.law(settings).map {
                judged("with \(settings.words), \($0.text)", $0.measure, $0.range)
            }, effect: effect)
    }

    var question: String {
        "\(isOne ? "Does" : "Do") \(settings.words) \(purpose.words)?"
    }

    private var isOne: Bool { settings.settings.count == 1 }
    private var does: String { isOne ? "does" : "do" }

    /// `shortens TIME_WAIT`, of several settings `shorten TIME_WAIT`: the purpose begins with its verb.
    private var acts: String {
        guard isOne, let blank = purpose.words.firstIndex(of: " ") else { return purpose.words }
        return purpose.words[..<blank] + "s" + purpose.words[blank...]
    }

    /// The first sign is the point of it: without it all others are in vain.
    static func answer(_ signs: [Verdict]) -> TriedResult.Answer {
        guard let point = signs.first else { return .unclear }
        switch point {
        case .refuted: return .no
        case .inconclusive: return .unclear
        case .proven:
            return signs.contains(.refuted)
                ? .partly : signs.contains(.inconclusive) ? .unclear : .yes
        }
    }

    // MARK: the sentence

    private func sentence(
        _ answer: TriedResult.Answer, _ signs: [ClaimResult], _ arms: [ArmResult],
        _ measures: [Measure], _ effect: [String: Effect]
    ) -> String {
        let told = zip(purpose.signs, signs).compactMap { sign, result in
            median(arm, sign.measure, arms).map { (sign, result, sign.words($0)) }
        }
        func words(_ verdict: Verdict) -> [String] {
            told.filter { $0.1.verdict == verdict }.map(\.2)
        }
        func others(_ sign: Purpose.Sign) -> String {
            let known = [baseline, remedy].compactMap { name in
                median(name, sign.measure, arms).map { "\(name): \(sign.words($0))" }
            }
            return known.isEmpty ? "" : " (\(known.joined(separator: "; ")))"
        }
        switch answer {
        case .yes:
            return
                "\(settings.words) \(acts): \(words(.proven).joined(separator: ", and "))."
        case .partly:
            return
                "\(settings.words) \(does) only part of what '\(remedy)' does: \(words(.proven).joined(separator: ", and ")), but \(words(.refuted).joined(separator: ", and "))."
        case .no:
            let point = told.first.map { $0.2 + others($0.0) } ?? purpose.signs[0].goal
            return "\(settings.words) \(does) not \(purpose.words): \(point)"
                + besides(measures, effect) + "."
        case .unclear:
            return
                "Inconclusive whether \(settings.words) \(acts): \(doubt(signs, arms))."
        }
    }

    /// What they change for better or worse besides: `; it also changes: orphaned FIN_WAIT2 lasted 30 s instead of 60 s`.
    private func besides(_ measures: [Measure], _ effect: [String: Effect]) -> String {
        let told = Set(purpose.signs.map(\.measure))
        let judged = measures.filter { $0.better != nil && !told.contains($0.name) }
        let changes = judged.compactMap { measure in
            effect[measure.name].flatMap { effect -> String? in
                guard effect.p < Comparison.significance, effect.before != effect.after,
                    effect.changeRatio.map({ abs($0) >= Self.least }) ?? true
                else { return nil }
                let unit = measure.unit
                return
                    "\(measure.title) \(unit.text(effect.after)) instead of \(unit.text(effect.before))"
            }
        }
        return changes.isEmpty
            ? "" : "; it also changes: " + changes.prefix(2).joined(separator: ", ")
    }

    /// A change that is less is not worth a word.
    private static let least = 0.05

    private func doubt(_ signs: [ClaimResult], _ arms: [ArmResult]) -> String {
        let trials = arms.first { $0.name == arm }?.trials ?? []
        let voids = trials.compactMap(\.void)
        let counted = trials.count - voids.count
        if counted < Comparison.fewestRuns {
            if let void = voids.first {
                return "\(voids.count) of \(trials.count.counted("run")) void: \(void)"
            }
            return
                "\(trials.count.counted("run")) cannot show it; at least \(Comparison.fewestRuns) are needed"
        }
        let open = signs.first { $0.verdict == .inconclusive }
        return "the runs differ: \(open?.evidence ?? "")"
    }

    private func median(_ name: String, _ measure: String, _ arms: [ArmResult]) -> Double? {
        arms.first { $0.name == name }?.sample(measure).median
    }
}
