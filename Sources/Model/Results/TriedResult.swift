/// Whether settings that were tried do what a remedy does.
package struct TriedResult: Sendable, Hashable, Codable {
    package enum Answer: String, Sendable, Hashable, Codable, CaseIterable {
        case yes, partly, no
        /// Not known: too few runs, runs that do not count, or runs that are too unlike each other.
        case unclear
    }

    /// By key.
    package var settings: [String: String]
    /// The name of the arm that tries them.
    package var arm: String
    package var question: String
    package var answer: Answer
    /// The answer in a sentence, with what was measured.
    package var sentence: String
    /// What the remedy brings about, claimed of the settings.
    package var signs: [ClaimResult]
    /// What the experiment's law says of them.
    package var claims: [ClaimResult]
    /// How far their arm is from the baseline, by measure.
    package var effect: [String: Effect]

    package init(
        settings: [String: String],
        arm: String,
        question: String,
        answer: Answer,
        sentence: String,
        signs: [ClaimResult],
        claims: [ClaimResult],
        effect: [String: Effect]
    ) {
        self.settings = settings
        self.arm = arm
        self.question = question
        self.answer = answer
        self.sentence = sentence
        self.signs = signs
        self.claims = claims
        self.effect = effect
    }

    /// What it comes to for those who go by the verdict: only a yes is proven.
    package var verdict: Verdict {
        if answer == .unclear {
            return claims.contains { $0.verdict == .refuted } ? .refuted : .inconclusive
        }
        return answer == .yes && !claims.contains { $0.verdict == .refuted } ? .proven : .refuted
    }
}
