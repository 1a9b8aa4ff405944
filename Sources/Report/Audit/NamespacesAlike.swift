import Audit
import Model
import Text

/// Namespaces in which the same was found and nothing of it is urgent: what is said of one is true of all.
///
/// A host whose settings do not reach its 80 containers would have the same notice 80 times.
struct NamespacesAlike {
    /// The first speaks for the others.
    let assessments: [Assessment]

    /// So many namespaces are worth one common section.
    private static let several = 3

    /// Parts the namespaces into those that are shown by themselves and those that are alike, each in its order.
    static func part(
        _ assessments: [Assessment]
    ) -> (single: [Assessment], alike: [NamespacesAlike]) {
        var groups: [(key: [String], members: [Assessment])] = []
        for assessment in assessments {
            let key = Self.key(assessment)
            if !key.isEmpty, let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].members.append(assessment)
            } else {
                groups.append((key, [assessment]))
            }
        }
        let isAlike = { (group: (key: [String], members: [Assessment])) in
            !group.key.isEmpty && group.members.count >= Self.several
        }
        return (
            groups.filter { !isAlike($0) }.flatMap(\.members),
            groups.filter(isAlike).map { NamespacesAlike(assessments: $0.members) }
        )
    }

    /// What was found, without where; empty where something is urgent, which is always shown in full.
    private static func key(_ assessment: Assessment) -> [String] {
        guard assessment.findings.allSatisfy({ $0.severity < .warning }) else { return [] }
        let name = assessment.situation.now.namespace.name
        return assessment.findings.map { finding in
            [
                finding.rule.rawValue, finding.subject == name ? "" : finding.subject,
                finding.observed,
            ]
            .joined(separator: "\u{0}")
        }
    }

    var blocks: [Block] {
        guard let first = assessments.first else { return [] }
        let names = assessments.map(AuditDocument.name).joined(separator: ", ")
        return [
            .heading("\(assessments.count.grouped) network namespaces alike", level: 1),
            .paragraph(Phrase(names + "; shown for " + AuditDocument.name(first) + ".")),
        ] + first.findings.map(Block.finding)
    }
}
