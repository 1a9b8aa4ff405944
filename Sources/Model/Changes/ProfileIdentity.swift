/// The profile that a plan or a proof was made from.
package struct ProfileIdentity: Sendable, Hashable, Codable {
    package var name: String
    package var path: String
    /// See `Profile.digest`.
    package var digest: String

    package init(name: String, path: String, digest: String) {
        self.name = name
        self.path = path
        self.digest = digest
    }
}
