import Catalogue
import Model

/// Explains names, with what an audit saw of them.
package struct Explainer: Sendable {
    let assessment: Assessment
    let coverage: Coverage
    /// What the kernel said of the local ports that the text names.
    let portHolders: PortHolders?
    var situation: Situation { assessment.situation }

    /// - Parameter portHolders: the sockets that hold the local ports that the text names; nil if the kernel was not
    /// asked.
    package init(_ assessment: Assessment, portHolders: PortHolders? = nil) {
        self.assessment = assessment
        self.portHolders = portHolders
        coverage = Coverage.of(assessment.situation)
    }

    /// Explains a sysctl, a counter, a state, an errno, a line of the kernel's log or a rule; nil for what is unknown.
    package func explain(_ text: String) -> Explanation? {
        if let rule = RuleGuide.rule(named: text), let guide = RuleGuide.text(for: rule) {
            return explain(rule, guide: guide)
        }
        switch Topic.find(text) {
        case .knob(let knob): return explain(knob)
        case .counter(let counter): return explain(counter)
        case .state(let state): return explain(state)
        case .symptom(let symptom): return explain(symptom, in: text)
        case nil: return nil
        }
    }

    /// Whether a name can be explained: to be asked before a host is read.
    package static func knows(_ text: String) -> Bool {
        RuleGuide.rule(named: text) != nil || Topic.find(text) != nil
    }

    /// Settings that an explanation needs and that are not among those of TCP.
    package static func settings(for text: String) -> [String] {
        guard case .knob(let knob)? = Topic.find(text), !knob.isOfNoKernel, !knob.key.contains("*"),
            knob.subject != .tcp
        else { return [] }
        return [knob.key]
    }

    /// The nearest names to one that is unknown.
    package static func suggestions(for text: String) -> [String] {
        Topic.suggestions(for: text, among: RuleID.words, limit: 10)
    }

    private func explain(_ knob: Knob) -> Explanation {
        var explanation = Explanation(name: knob.key, kind: .knob, sources: knob.source)
        explanation.passages = [.init("meaning", knob.meaning)]
        if let myth = knob.myth { explanation.passages.append(.init("myth", myth)) }
        if let risk = knob.risk { explanation.passages.append(.init("risk", risk)) }
        if let today = knob.today { explanation.passages.append(.init("today", "\(today).")) }
        if knob.subject != .tcp {
            explanation.passages.append(
                .init(
                    "subject",
                    "It belongs to \(knob.subject.words), not to TCP: tcptune does not change it."))
        }
        let reading = KnobReading(knob: knob, in: situation)
        explanation.here = reading.values
        // Nothing read is not a kernel without the setting.
        let wereRead = situation.now.settings.contains { $0.value != nil }
        explanation.verdict =
            reading.setting?.value == nil && !wereRead
            ? "Not checked: tcptune could not read the settings." : reading.verdict
        explanation.findings = assessment.findings.filter { $0.concerns(knob.key) }
        return explanation
    }

    func findings(_ rules: [RuleID]) -> [Finding] {
        assessment.findings.filter { rules.contains($0.rule) }
    }
}

extension Finding {
    /// Whether a setting plays a part in it: as the problem, or as the remedy.
    func concerns(_ key: String) -> Bool {
        subject.contains(key) || observed.contains(key)
            || remedies.contains { $0.command?.contains(key) == true }
    }
}
