/// A setting of the host that its twin does not have.
public struct MissingValue: Sendable, Hashable, Codable {
    public var key: String
    /// The host's value; empty where it cannot be read.
    public var value: String
    public var why: String

    public init(key: String, value: String, why: String) {
        self.key = key
        self.value = value
        self.why = why
    }
}
