/// A named set of wanted values, each with its reason; what it extends is merged into it.
public struct Profile: Sendable, Hashable {
    public var name: String
    public var summary: String
    /// The ids of the findings that it answers.
    public var suits: [RuleID]
    public var requires: [Requirement]
    /// In the order of the file, those of extended profiles first; each key once.
    public var settings: [ProfileSetting]
    /// Where it was read.
    public var path: String
    /// SHA-256 of the file's bytes, and of those of all it extends, as hexadecimal digits.
    public var digest: String

    public init(
        name: String, summary: String, suits: [RuleID] = [], requires: [Requirement] = [],
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
public struct ProfileSetting: Sendable, Hashable {
    public var key: String
    public var wish: Wish
    public var why: String
    public var risk: String?
    /// The experiment that shows what it does.
    public var proof: String?
    /// File and line.
    public var place: String

    public init(
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
public enum Wish: Sendable, Hashable {
    /// This very value.
    case exact(WishedValue)
    /// At least that: only ever raised; of a vector, each number for itself.
    case atLeast(WishedValue)
    /// At most that: only ever lowered.
    case atMost(WishedValue)
}
