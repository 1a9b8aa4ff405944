import Catalogue

/// What is known of a name, and what it comes to on one host.
public struct Explanation: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable {
        case knob, counter, state, errno, log, rule
    }

    public var name: String
    public var kind: Kind
    /// In the order of reading.
    public var passages: [Passage]
    /// Names and values on this host.
    public var here: [Value]
    /// What the values come to, in a sentence.
    public var verdict: String
    /// What may bring it about, each looked for on this host; for symptoms.
    public var causes: [Cause]
    /// Findings of the audit that have to do with it.
    public var findings: [Finding]
    /// Kernel functions and documents that it rests on.
    public var sources: [String]
    /// Experiments that show it, the nearest first.
    public var experiments: [String]

    public init(name: String, kind: Kind, passages: [Passage] = [], sources: [String] = []) {
        self.name = name
        self.kind = kind
        self.passages = passages
        self.sources = sources
        experiments = ExperimentName.showing(name)
        here = []
        verdict = ""
        causes = []
        findings = []
    }

    /// A text under a word: `meaning`, `myth`, `risk`.
    public struct Passage: Sendable, Hashable {
        public var title: String
        public var text: String

        public init(_ title: String, _ text: String) {
            self.title = title
            self.text = text
        }
    }

    public struct Value: Sendable, Hashable {
        public var name: String
        public var text: String

        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// One possible cause, and what the evidence says of it.
    public struct Cause: Sendable, Hashable {
        public var text: String
        public var rules: [String]
        public var standing: CauseStanding
        /// Subjects of the findings that bear it out; empty where it is not present, or where no rule speaks of it.
        public var foundAt: [String]
    }
}
