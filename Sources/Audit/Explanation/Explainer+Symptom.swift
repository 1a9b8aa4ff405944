import Catalogue
import Model
import Text

extension Explainer {
    func explain(_ symptom: Symptom, in text: String) -> Explanation {
        var explanation = Explanation(
            name: symptom.name, kind: symptom.kind == .errno ? .errno : .log,
            passages: [.init("meaning", symptom.meaning)], sources: symptom.source)
        let named = NamedEnds(text)
        let lookup = EndLookup(situation: situation, holders: portHolders)
        explanation.here =
            symptom.isOfDatagrams || named.isOfDatagrams
            ? [
                .init(
                    "UDP",
                    "tcptune does not read UDP sockets: ss -uanp")
            ] : lookup.values(of: named)
        let evidence = CauseEvidence(
            situation: situation, findings: assessment.findings, named: named, lookup: lookup)
        explanation.causes = symptom.causes.map { cause in
            let verdict =
                named.isOfDatagrams && !symptom.isOfDatagrams
                ? .cannotBeSeen(
                    "the line is about UDP, and tcptune does not read UDP sockets: ss -uanp")
                : evidence.verdict(of: cause)
            let isPresent = verdict.isFound || verdict.isPossible
            return Explanation.Cause(
                text: cause.text, rules: cause.rules, verdict: verdict,
                foundAt: isPresent
                    ? findings(cause.rules, for: symptom).map { "\($0.subject) (\($0.rule))" } : [])
        }
        let present = zip(symptom.causes, explanation.causes).filter {
            $1.verdict.isFound || $1.verdict.isPossible
        }
        explanation.findings = findings(present.flatMap(\.0.rules), for: symptom)
        explanation.verdict = Self.verdict(explanation.causes)
        return explanation
    }

    /// Without those about UDP if the symptom is about TCP, and the other way round.
    private func findings(_ rules: [RuleID], for symptom: Symptom) -> [Finding] {
        findings(rules).filter {
            $0.rule != SegmentsDropped.id || $0.isOfDatagrams == symptom.isOfDatagrams
        }
    }

    /// How many of the causes are found, possible, excluded and out of sight.
    private static func verdict(_ causes: [Explanation.Cause]) -> String {
        let count = { (isMeant: (CauseVerdict) -> Bool) in causes.count { isMeant($0.verdict) } }
        let found = count(\.isFound)
        let possible = count(\.isPossible)
        let excluded = count(\.isNotFound)
        let unseen = causes.count - found - possible - excluded
        var parts: [String] = []
        if found > 0 { parts.append("\(found) found") }
        if possible > 0 { parts.append("\(possible) possible") }
        if excluded > 0 { parts.append("\(excluded) not found") }
        if unseen > 0 { parts.append("\(unseen) cannot be seen here") }
        return "\(causes.count.counted("known cause")): \(parts.joined(separator: ", "))."
    }
}

extension Finding {
    /// Whether it is about UDP.
    var isOfDatagrams: Bool { subject.hasPrefix("UDP ") }
}
