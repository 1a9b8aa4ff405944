/// The profile that a plan or a proof was made from.
public struct ProfileIdentity: Sendable, Hashable, Codable {
    public var name: String
    public var path: String
    /// See `Profile.digest`.
    public var digest: String

    public init(name: String, path: String, digest: String) {
        self.name = name
        self.path = path
        self.digest = digest
    }
}
