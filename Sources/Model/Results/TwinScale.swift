/// A setting that is scaled down, by the same factor in every arm.
package struct TwinScale: Sendable, Hashable, Codable {
    package var key: String
    /// So many of the host's stand behind one of the twin's.
    package var factor: Double
    /// What the twin has in place of the host's value, by arm.
    package var scaled: [String: String]
    /// How to read the numbers, in a sentence.
    package var law: String

    package init(
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
