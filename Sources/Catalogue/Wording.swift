/// The words by which programs report a topic, in addition to its own name and texts.
struct Wording {
    /// The topic's name: `ECONNRESET`, `TcpExt.ListenOverflows`.
    var topic: String
    /// The errno's number, which programs print without its name.
    var number: Int?
    /// What libraries print for the errno itself.
    var texts: [String]
    /// What a program prints if it can mean nothing else.
    var phrases: [String]
    /// What counts only if a line contains nothing better: a class name, a general word.
    var hints: [String]
    /// Texts, number and hints count only in a line that contains one of these.
    var needs: [String]
    /// Nothing counts in a line that contains one of these: another call failed with the same errno.
    var unless: [String]
    /// Phrases and hints do not count in a line that contains one of these.
    var doubts: [String]
    /// Hints count only in a line that reports a failure.
    var isOfFailures: Bool

    // See Knob.init.
    @inline(never)
    init(
        _ topic: String, number: Int? = nil, texts: [String] = [], phrases: [String] = [],
        hints: [String] = [], needs: [String] = [], unless: [String] = [], doubts: [String] = [],
        isOfFailures: Bool = false
    ) {
        self.topic = topic
        self.number = number
        self.texts = texts
        self.phrases = phrases
        self.hints = hints
        self.needs = needs
        self.unless = unless
        self.doubts = doubts
        self.isOfFailures = isOfFailures
    }

    static let all: [Wording] = errnos + connections + programs
}
