/// A change of a profile that the twin shows.
public struct TriedSetting: Sendable, Hashable, Codable {
    public var key: String
    /// On the host.
    public var before: String
    public var after: String
    /// In the twin, where it is scaled.
    public var twinBefore: String
    public var twinAfter: String
    public var reason: String

    public init(
        key: String,
        before: String,
        after: String,
        twinBefore: String,
        twinAfter: String,
        reason: String
    ) {
        self.key = key
        self.before = before
        self.after = after
        self.twinBefore = twinBefore
        self.twinAfter = twinAfter
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case key, before, after, reason
        case twinBefore = "twin_before"
        case twinAfter = "twin_after"
    }
}
