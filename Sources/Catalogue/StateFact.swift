/// A state of a TCP socket: who is in it, how long, and what it tells.
package struct StateFact: Sendable {
    /// The kernel's word, as scripts match it: `TIME_WAIT`.
    package var name: String
    /// Other spellings in use: `ESTAB` of ss.
    package var otherNames: [String]
    package var meaning: String
    /// Which side is in it, and by what act.
    package var holder: String
    /// How long it lasts on Linux.
    package var lasts: String
    /// What ends it.
    package var endedBy: String
    /// What a growing number of them tells.
    package var growth: String
    /// What is wrongly believed of it, then what is true.
    package var myth: String?
    /// Rules that judge it: `close-wait-leak`.
    package var rules: [String]
    package var source: [String]

    // See Knob.init.
    @inline(never)
    package init(
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
