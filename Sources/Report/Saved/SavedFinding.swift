import Audit
import Model

/// A finding as an audit's JSON holds it.
struct SavedFinding: Sendable, Decodable {
    var finding: Finding

    init(_ finding: Finding) { self.finding = finding }

    private enum CodingKeys: String, CodingKey {
        case rule, severity, subject, owner, observed, evidence, cause, remedies, proof
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        finding = Finding(
            rule: try container.decode(RuleID.self, forKey: .rule),
            severity: try container.decode(Severity.self, forKey: .severity),
            subject: try container.decode(String.self, forKey: .subject),
            owner: try container.decodeIfPresent(Owner.self, forKey: .owner),
            observed: try container.decode(String.self, forKey: .observed),
            evidence: try container.decode([String: Evidence].self, forKey: .evidence),
            cause: try container.decode(String.self, forKey: .cause),
            remedies: try container.decode([SavedRemedy].self, forKey: .remedies).map(\.remedy),
            proof: try container.decode(String.self, forKey: .proof))
    }
}

/// A remedy as an audit's JSON holds it: a snippet tells no names of programs.
private struct SavedRemedy: Decodable {
    let remedy: Remedy

    private struct Lines: Decodable {
        let stack: String
        let code: String
    }

    private enum CodingKeys: String, CodingKey {
        case kind, text, command, effect, risk, undo, snippets
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        remedy = Remedy(
            try container.decode(Remedy.Kind.self, forKey: .kind),
            try container.decode(String.self, forKey: .text),
            command: try container.decodeIfPresent(String.self, forKey: .command),
            effect: try container.decode(String.self, forKey: .effect),
            risk: try container.decode(String.self, forKey: .risk),
            undo: try container.decode(String.self, forKey: .undo),
            snippets: try container.decode([Lines].self, forKey: .snippets).map {
                Snippet($0.stack, programs: [], code: $0.code)
            })
    }
}
