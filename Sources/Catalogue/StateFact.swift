/// A state of a TCP socket: who is in it, how long, and what it tells.
public struct StateFact: Sendable {
    /// The kernel's word, as scripts match it: `TIME_WAIT`.
    public var name: String
    /// Other spellings in use: `ESTAB` of ss.
    public var otherNames: [String]
    public var meaning: String
    /// Which side is in it, and by what act.
    public var holder: String
    /// How long it lasts on Linux.
    public var lasts: String
    /// What ends it.
    public var endedBy: String
    /// What a growing number of them tells.
    public var growth: String
    /// What is wrongly believed of it, then what is true.
    public var myth: String?
    /// Rules that judge it: `close-wait-leak`.
    public var rules: [String]
    public var source: [String]

    // See Knob.init.
    @inline(never)
    public init(
        _ name: String, otherNames: [String] = [], meaning: String, holder: String, lasts: String,
        endedBy: String, growth: String, myth: String? = nil, rules: [String] = [],
        source: [String]
    ) {
        self.name = name
        self.otherNames = otherNames
        self.meaning = meaning
        self.holder = holder
        self.lasts = lasts
        self.endedBy = endedBy
        self.growth = growth
        self.myth = myth
        self.rules = rules
        self.source = source
    }
}
