import Catalogue
import Model
import Text

/// What was read of a host, to be compared with the causes of a symptom.
///
/// Each cause of the catalogue has a predicate here, by its id: it says what shows the cause, with the numbers, what
/// excludes it, and when neither is known. A finding of a rule alone shows no cause: its evidence may exclude it
/// (cookies were sent, and all came back valid: no flood).
struct CauseEvidence {
    typealias Predicate = @Sendable (CauseEvidence) -> CauseVerdict

    let situation: Situation
    let findings: [Finding]
    /// The ends that the pasted line names.
    let named: NamedEnds
    let lookup: EndLookup

    var now: Snapshot { situation.now }

    /// By the id of a cause.
    static let predicates: [String: Predicate] = [
        ports, boundPorts, listening, connecting, tracking, resets, memory, limits, programs,
        filters,
        outOfSight,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    func verdict(of cause: Symptom.Cause) -> CauseVerdict {
        guard let predicate = Self.predicates[cause.id] else {
            return verdict(byRules: cause.rules)
        }
        return predicate(self)
    }

    /// For a cause without a predicate: a finding shows that it is possible, never that it is present.
    private func verdict(byRules rules: [RuleID]) -> CauseVerdict {
        guard !rules.isEmpty else { return .cannotBeSeen("") }
        if let finding = rules.lazy.compactMap({ finding($0) }).first {
            return .mayBe(Self.text(of: finding))
        }
        let lacks = rules.compactMap { rule in
            RuleNeeds.of(rule).missing(in: situation).texts(in: situation).first
        }
        guard lacks.count < rules.count else { return .cannotBeSeen(lacks.first ?? "") }
        return .notFound("no finding of \(rules.map(\.rawValue).joined(separator: ", "))")
    }
}

/// What predicates ask in common.
extension CauseEvidence {
    /// The most severe finding of a rule.
    func finding(_ rule: RuleID) -> Finding? { findings.first { $0.rule == rule } }

    /// The most severe finding of any of these rules.
    func finding(among rules: Set<RuleID>) -> Finding? {
        findings.first { rules.contains($0.rule) }
    }

    static func text(of finding: Finding) -> String { "\(finding.subject): \(finding.observed)" }

    /// Nil if what is needed was read.
    func unread(_ need: CoverageNeed) -> CauseVerdict? {
        need.missing(in: situation).map { .cannotBeSeen($0) }
    }

    /// For a counter each of whose counts is one case of the cause.
    ///
    /// - Parameter proves: whether its growth shows the cause, or only something that the cause would do as well.
    func verdict(
        ofCounter group: String, _ name: String, proves: Bool, what: String
    ) -> CauseVerdict {
        guard let reading = situation.reading(group, name) else {
            return .cannotBeSeen("\(group).\(name) is not reported")
        }
        if let growth = reading.growthText {
            guard reading.grows else {
                return .notFound(
                    "\(group).\(name) did not grow in \((reading.seconds ?? 0).duration)")
            }
            return proves ? .found("\(what): \(growth)") : .mayBe("\(what): \(growth)")
        }
        guard reading.total > 0 else {
            return .notFound("\(group).\(name) has been 0 \(situation.epoch)")
        }
        return .mayBe(
            "\(what): \(situation.sinceStart(reading.total)); --interval 5s shows whether it "
                + "continues"
        )
    }

    /// The ends with a port; empty if the line names none.
    var namedPorts: [NamedEnd] { named.ends.filter { $0.port != nil } }

    static let noPortNamed = CauseVerdict.cannotBeSeen(
        "give the port: the whole log line, or for example 'bind() to 0.0.0.0:80'")
}
