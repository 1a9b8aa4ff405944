/// A change of a profile that the twin shows.
package struct TriedSetting: Sendable, Hashable, Codable {
    package var key: String
    /// On the host.
    package var before: String
    package var after: String
    /// In the twin, where it is scaled.
    package var twinBefore: String
    package var twinAfter: String
    package var reason: String

    package init(
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
