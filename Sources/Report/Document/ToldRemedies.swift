import Audit
import Model

/// Which remedies a page has given so far, and under which rule: a page says each once.
struct ToldRemedies {
    private(set) var rules: [Remedy: RuleID] = [:]

    /// Takes notice of a block that was shown; a new part of the page tells them again.
    mutating func note(_ block: Block) {
        switch block {
        case .heading(_, level: 1), .part: rules = [:]
        case .finding(let finding):
            for remedy in finding.remedies where rules[remedy] == nil {
                rules[remedy] = finding.rule
            }
        default: break
        }
    }
}
