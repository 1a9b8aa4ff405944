/// A line of the kernel's log, an errno, or a sentence of programs, that people search for.
public struct Symptom: Sendable {
    public enum Kind: String, Sendable { case log, errno, program }

    public var kind: Kind
    /// The errno's name, or a short name for the log line: `EADDRNOTAVAIL`, `conntrack-table-full`.
    public var name: String
    /// Texts in lower case by which it is recognised: a line matches that holds one of them as whole words.
    public var texts: [String]
    public var meaning: String
    /// What brings it about, most frequent first, each with what to look at to confirm it.
    public var causes: [Cause]
    public var source: [String]

    public struct Cause: Sendable {
        public var text: String
        /// What it is held against the evidence by: `ports-used-up`; the same cause of two symptoms has one id.
        public var id: String
        /// Rules that find this cause on a host: `ports-exhausting`.
        public var rules: [String]

        // See Knob.init.
        @inline(never)
        public init(_ text: String, id: String = "", rules: [String] = []) {
            self.text = text
            self.id = id
            self.rules = rules
        }
    }

    @inline(never)
    public init(
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
