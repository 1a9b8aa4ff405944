/// A setting that is scaled down, by the same factor in every arm.
public struct TwinScale: Sendable, Hashable, Codable {
    public var key: String
    /// So many of the host's stand behind one of the twin's.
    public var factor: Double
    /// What the twin has in place of the host's value, by arm.
    public var scaled: [String: String]
    /// How to read the numbers, in a sentence.
    public var law: String

    public init(
        key: String,
        factor: Double,
        scaled: [String: String],
        law: String
    ) {
        self.key = key
        self.factor = factor
        self.scaled = scaled
        self.law = law
    }
}
