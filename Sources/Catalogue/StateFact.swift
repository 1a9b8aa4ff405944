package import Model

/// A state of a TCP socket: which end is in it, how long, and what it means.
package struct StateFact: Sendable {
    /// The kernel's word, as scripts match it: `TIME_WAIT`.
    package var name: String
    /// Other spellings in use: `ESTAB` of ss.
    package var otherNames: [String]
    package var meaning: String
    /// Which end is in it, and because of which call.
    package var holder: String
    /// How long it lasts on Linux.
    package var lasts: String
    /// What ends it.
    package var endedBy: String
    /// What a growing number of them means.
    package var growth: String
    /// What people wrongly believe about it, then what is true.
    package var myth: String?
    /// Rules that judge it: `close-wait-leak`.
    package var rules: [RuleID]
    package var source: [String]

    // See Knob.init.
    @inline(never)
    package init(
        _ name: String, otherNames: [String] = [], meaning: String, holder: String, lasts: String,
        endedBy: String, growth: String, myth: String? = nil, rules: [RuleID] = [],
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
