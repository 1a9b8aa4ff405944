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
