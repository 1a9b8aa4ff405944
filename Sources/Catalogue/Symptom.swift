package import Model

/// A line of the kernel's log, an errno, or a sentence of programs, that people search for.
package struct Symptom: Sendable {
    package enum Kind: String, Sendable { case log, errno, program }

    package var kind: Kind
    /// The errno's name, or a short name for the log line: `EADDRNOTAVAIL`, `conntrack-table-full`.
    package var name: String
    /// Texts in lower case by which it is recognised: a line matches if it contains one of them as whole words.
    package var texts: [String]
    package var meaning: String
    /// What causes it, most frequent first, each with what to check to confirm it.
    package var causes: [Cause]
    package var source: [String]

    package struct Cause: Sendable {
        package var text: String
        /// The id of its evidence check: `ports-used-up`; the same cause of two symptoms has one id.
        package var id: String
        /// Rules that find this cause on a host: `ports-exhausting`.
        package var rules: [RuleID]

        // See Knob.init.
        @inline(never)
        package init(_ text: String, id: String = "", rules: [RuleID] = []) {
            self.text = text
            self.id = id
            self.rules = rules
        }
    }

    @inline(never)
    package init(
        _ kind: Kind, _ name: String, texts: [String], meaning: String, causes: [Cause],
        source: [String]
    ) {
        self.kind = kind
        self.name = name
        self.texts = texts
        self.meaning = meaning
        self.causes = causes
        self.source = source
    }
}
