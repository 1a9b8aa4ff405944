package import Catalogue
package import Model

/// What is known of a name, and what it means on one host.
package struct Explanation: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case knob, counter, state, errno, log, rule
    }

    package var name: String
    package var kind: Kind
    /// In the order of reading.
    package var passages: [Passage]
    /// Names and values on this host.
    package var here: [Value]
    /// What the values mean, in a sentence.
    package var verdict: String
    /// What may cause it, each checked on this host; for symptoms.
    package var causes: [Cause]
    /// Findings of the audit that have to do with it.
    package var findings: [Finding]
    /// Kernel functions and documents that it rests on.
    package var sources: [String]
    /// Experiments that show it, the nearest first.
    package var experiments: [ExperimentID]

    package init(name: String, kind: Kind, passages: [Passage] = [], sources: [String] = []) {
        self.name = name
        self.kind = kind
        self.passages = passages
        self.sources = sources
        experiments = ExperimentID.showing(name)
        here = []
        verdict = ""
        causes = []
        findings = []
    }

    /// A text under a word: `meaning`, `myth`, `risk`.
    package struct Passage: Sendable, Hashable {
        package var title: String
        package var text: String

        package init(_ title: String, _ text: String) {
            self.title = title
            self.text = text
        }
    }

    package struct Value: Sendable, Hashable {
        package var name: String
        package var text: String

        package init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// One possible cause, and what the evidence says of it.
    package struct Cause: Sendable, Hashable {
        package var text: String
        package var rules: [RuleID]
        package var verdict: CauseVerdict
        /// Subjects of the findings that support it; empty if it is not present, or if no rule reports it.
        package var foundAt: [String]
    }
}
