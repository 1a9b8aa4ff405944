/// A named set of wanted values, each with its reason; what it extends is merged into it.
package struct Profile: Sendable, Hashable {
    package var name: String
    package var summary: String
    /// The ids of the findings that it answers.
    package var suits: [String]
    package var requires: [Requirement]
    /// In the order of the file, those of extended profiles first; each key once.
    package var settings: [ProfileSetting]
    /// Where it was read.
    package var path: String
    /// SHA-256 of the file's bytes, and of those of all it extends, as hexadecimal digits.
    package var digest: String

    package init(
        name: String, summary: String, suits: [String] = [], requires: [Requirement] = [],
        settings: [ProfileSetting], path: String, digest: String
    ) {
        self.name = name
        self.summary = summary
        self.suits = suits
        self.requires = requires
        self.settings = settings
        self.path = path
        self.digest = digest
    }
}

/// One value that a profile wants, and why.
package struct ProfileSetting: Sendable, Hashable {
    package var key: String
    package var wish: Wish
    package var why: String
    package var risk: String?
    /// The experiment that shows what it does.
    package var proof: String?
    /// File and line.
    package var place: String

    package init(
        key: String, wish: Wish, why: String, risk: String? = nil, proof: String? = nil,
        place: String
    ) {
        self.key = key
        self.wish = wish
        self.why = why
        self.risk = risk
        self.proof = proof
        self.place = place
    }
}

/// What is wanted of one knob.
package enum Wish: Sendable, Hashable {
    /// This very value.
    case exact(WishedValue)
    /// At least that: only ever raised; of a vector, each number for itself.
    case atLeast(WishedValue)
    /// At most that: only ever lowered.
    case atMost(WishedValue)
}
