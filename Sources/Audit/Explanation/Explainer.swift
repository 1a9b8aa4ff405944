import Catalogue
import HostState

/// Explains names, with what an audit saw of them.
public struct Explainer: Sendable {
    private let assessment: Assessment
    private var situation: Situation { assessment.situation }

    public init(_ assessment: Assessment) { self.assessment = assessment }

    /// Explains a sysctl, a counter, a state, an errno, a line of the kernel's log or a rule; nil for what is unknown.
    public func explain(_ text: String) -> Explanation? {
        if let guide = RuleGuide.text(for: text.lowercased()) {
            return explain(rule: text.lowercased(), guide: guide)
        }
        switch Topic.find(text) {
        case .knob(let knob): return explain(knob)
        case .counter(let counter): return explain(counter)
        case .state(let state): return explain(state)
        case .symptom(let symptom): return explain(symptom)
        case nil: return nil
        }
    }

    /// Whether a name can be explained: to be asked before a host is read.
    public static func knows(_ text: String) -> Bool {
        RuleGuide.text(for: text.lowercased()) != nil || Topic.find(text) != nil
    }

    /// The nearest names to one that is unknown.
    public static func suggestions(for text: String) -> [String] {
        Topic.suggestions(for: text, among: RuleGuide.ids)
    }

    private func explain(rule id: String, guide: String) -> Explanation {
        var explanation = Explanation(name: id, kind: .rule, passages: [.init("rule", guide)])
        explanation.findings = findings([id])
        explanation.verdict =
            explanation.findings.isEmpty
            ? "Not found on this host."
            : "Found here: " + explanation.findings.map(\.subject).joined(separator: ", ") + "."
        return explanation
    }

    private func explain(_ knob: Knob) -> Explanation {
        var explanation = Explanation(name: knob.key, kind: .knob, sources: knob.source)
        explanation.passages = [.init("meaning", knob.meaning)]
        if let myth = knob.myth { explanation.passages.append(.init("myth", myth)) }
        if let risk = knob.risk { explanation.passages.append(.init("risk", risk)) }
        let setting = situation.anySetting(knob.key)
        let reading = KnobReading(knob: knob, setting: setting, kernel: situation.kernel)
        explanation.here = reading.values
        explanation.verdict = reading.verdict
        explanation.findings = assessment.findings.filter { $0.concerns(knob.key) }
        return explanation
    }

    private func explain(_ counter: KernelCounter) -> Explanation {
        var explanation = Explanation(
            name: counter.fullName, kind: .counter,
            passages: [.init("meaning", counter.meaning), .init("reading", counter.reading)],
            sources: counter.source)
        if let myth = counter.myth { explanation.passages.append(.init("myth", myth)) }
        guard let value = situation.counter(counter.group, counter.name) else {
            explanation.verdict = "This kernel, or this namespace, does not report it."
            return explanation
        }
        explanation.here = [.init("value now", value.grouped)]
        if let growth = situation.growth(counter.group, counter.name),
            let interval = situation.interval
        {
            explanation.here.append(
                .init(
                    "in \(interval.duration)",
                    "\(growth.grouped) more, \((Double(growth) / interval).figure)/s"))
            explanation.verdict = growth == 0 ? "It does not grow." : "It grows."
        } else {
            explanation.verdict =
                value == 0
                ? "It has not happened since this namespace began."
                : "One look does not tell whether it grows: add --interval 5s."
        }
        return explanation
    }

    private func explain(_ state: StateFact) -> Explanation {
        var explanation = Explanation(
            name: state.name, kind: .state,
            passages: [
                .init("meaning", state.meaning), .init("who", state.holder),
                .init("lasts", state.lasts), .init("ended by", state.endedBy),
                .init("when it grows", state.growth),
            ], sources: state.source)
        if let myth = state.myth { explanation.passages.append(.init("myth", myth)) }
        explanation.findings = findings(state.rules)
        guard let number = TCPState(name: state.name) else { return explanation }
        let count = situation.now.states[number]
        explanation.here = [.init("sockets now", count.grouped)]
        let orphans = situation.now.withoutInode[number]
        if orphans > 0 {
            explanation.here.append(.init("of them without a process", orphans.grouped))
        }
        let listeners = situation.now.listeners.filter { $0.states[number] > 0 }
            .max { $0.states[number] < $1.states[number] }
        if let listeners {
            explanation.here.append(
                .init(
                    "most at a listener",
                    "\(listeners.states[number].grouped) at \(listeners.address.with(port: listeners.port))"
                ))
        }
        let tuple = situation.now.tuples.filter { $0.states[number] > 0 }
            .max { $0.states[number] < $1.states[number] }
        if let tuple {
            explanation.here.append(
                .init(
                    "most of a tuple",
                    "\(tuple.states[number].grouped) of \(tuple.tuple.source) → \(tuple.tuple.destination.with(port: tuple.tuple.port))"
                ))
        }
        explanation.verdict =
            explanation.findings.isEmpty
            ? (count == 0 ? "None on this host." : "Nothing wrong with those on this host.")
            : "The audit found fault with them."
        return explanation
    }

    private func explain(_ symptom: Symptom) -> Explanation {
        var explanation = Explanation(
            name: symptom.name, kind: symptom.kind == .errno ? .errno : .log,
            passages: [.init("meaning", symptom.meaning)], sources: symptom.source)
        explanation.causes = symptom.causes.map { cause in
            Explanation.Cause(
                text: cause.text, rules: cause.rules,
                foundAt: findings(cause.rules).map { "\($0.subject) (\($0.rule))" })
        }
        explanation.findings = findings(symptom.causes.flatMap(\.rules))
        let found = explanation.causes.count { !$0.foundAt.isEmpty }
        explanation.verdict =
            found == 0
            ? "None of the causes that can be told from here is present now."
            : found == 1
                ? "One of the causes is present on this host."
                : "\(found) of the causes are present on this host."
        return explanation
    }

    private func findings(_ rules: [String]) -> [Finding] {
        assessment.findings.filter { rules.contains($0.rule) }
    }
}

extension Finding {
    /// Whether a setting plays a part in it: as what is wrong, or as what helps.
    func concerns(_ key: String) -> Bool {
        subject.contains(key) || observed.contains(key)
            || remedies.contains { $0.command?.contains(key) == true }
    }
}
