/// A statement about the measurements of an experiment that can fail.
package struct Claim: Sendable, Hashable {
    /// In a sentence, with its numbers: `with 600 ports, the 601st connect() fails`.
    package var text: String
    package var condition: Condition
    /// True where it checks the scaling law.
    package var isScaling: Bool

    package enum Condition: Sendable, Hashable {
        /// The median of an arm's measure lies within the range.
        case within(arm: String, measure: String, ClosedRange<Double>)
        /// The median of one arm by that of another lies within the range.
        case ratio(arm: String, to: String, measure: String, ClosedRange<Double>)
        /// An arm has more of it than another, beyond chance.
        case more(arm: String, than: String, measure: String)
        /// An arm has less of it than another, beyond chance.
        case less(arm: String, than: String, measure: String)
    }

    package init(_ text: String, _ condition: Condition, isScaling: Bool = false) {
        self.text = text
        self.condition = condition
        self.isScaling = isScaling
    }

    /// That the median of an arm's measure lies within a range.
    static func within(
        _ text: String, _ arm: String, _ measure: String, _ range: ClosedRange<Double>
    ) -> Claim { Claim(text, .within(arm: arm, measure: measure, range)) }

    /// That it is one number.
    static func exactly(
        _ text: String, _ arm: String, _ measure: String, _ number: Double
    ) -> Claim { within(text, arm, measure, number...number) }
}

/// What the measurements say of a claim.
package struct ClaimResult: Sendable, Hashable, Codable {
    package var text: String
    package var verdict: Verdict
    /// The quantity the claim is about: a median, or a ratio of two.
    package var observed: Double?
    /// Its interval.
    package var interval: [Double]
    /// By chance alone, of claims of more or less.
    package var p: Double?
    package var isScaling: Bool
    /// What was measured, in words.
    package var evidence: String

    enum CodingKeys: String, CodingKey {
        case text, verdict, observed, interval, evidence
        case p = "p_value"
        case isScaling = "scaling"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(text, forKey: .text)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(observed, forKey: .observed)
        try container.encode(interval, forKey: .interval)
        try container.encode(p, forKey: .p)
        try container.encode(isScaling, forKey: .isScaling)
        try container.encode(evidence, forKey: .evidence)
    }
}
