/// By what words programs tell of a topic, beside its own name and texts.
struct Wording {
    /// The topic's name: `ECONNRESET`, `TcpExt.ListenOverflows`.
    var topic: String
    /// The errno's number, which programs print without its name.
    var number: Int?
    /// What libraries print for the errno itself.
    var texts: [String]
    /// What a program prints where it can mean nothing else.
    var phrases: [String]
    /// What only counts where a line holds nothing better: a class's name, a general word.
    var hints: [String]
    /// Texts, number and hints count only in a line that holds one of these.
    var needs: [String]
    /// Nothing counts in a line that holds one of these: another call failed by the same errno.
    var unless: [String]
    /// Phrases and hints do not count in a line that holds one of these.
    var doubts: [String]
    /// Hints count only in a line that tells of a failure.
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
