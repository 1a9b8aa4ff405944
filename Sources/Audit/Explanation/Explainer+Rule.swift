import Catalogue
import Model

extension Explainer {
    func explain(_ id: RuleID, guide: String) -> Explanation {
        var explanation = Explanation(
            name: id.rawValue, kind: .rule, passages: [.init("rule", guide)])
        explanation.experiments = ExperimentID.showing(id)
        explanation.findings = findings([id])
        explanation.verdict = verdict(ofRule: id, findings: explanation.findings)
        return explanation
    }

    /// A rule's silence means something only if the rule could judge.
    private func verdict(ofRule id: RuleID, findings: [Finding]) -> String {
        let needs = RuleNeeds.of(id)
        guard findings.isEmpty else {
            return "Found here: " + findings.map(\.subject).joined(separator: ", ") + "."
        }
        let missing = needs.missing(in: situation).texts(in: situation)
        guard missing.isEmpty else {
            return "Not checked in this run: it needs \(missing.joined(separator: "; "))."
        }
        let less = needs.missingHelp(in: situation).texts(in: situation)
        return less.isEmpty
            ? "This rule found no problem here."
            : "This rule found no problem here. Not checked: \(less.joined(separator: "; "))."
    }
}

extension [CoverageNeed] {
    /// What is missing, in words.
    func texts(in situation: Situation) -> [String] {
        compactMap { $0.missing(in: situation) }
    }
}
