/// A setting of the host that its twin does not have.
package struct MissingValue: Sendable, Hashable, Codable {
    package var key: String
    /// The host's value; empty where it cannot be read.
    package var value: String
    package var why: String

    package init(key: String, value: String, why: String) {
        self.key = key
        self.value = value
        self.why = why
    }
}
