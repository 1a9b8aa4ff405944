/// Whether settings that were tried do what a remedy does.
public struct TriedResult: Sendable, Hashable, Codable {
    public enum Answer: String, Sendable, Hashable, Codable, CaseIterable {
        case yes, partly, no
        /// Not known: too few runs, runs that do not count, or runs that are too unlike each other.
        case unclear
    }

    /// By key.
    public var settings: [String: String]
    /// The name of the arm that tries them.
    public var arm: String
    public var question: String
    public var answer: Answer
    /// The answer in a sentence, with what was measured.
    public var sentence: String
    /// What the remedy brings about, claimed of the settings.
    public var signs: [ClaimResult]
    /// What the experiment's law says of them.
    public var claims: [ClaimResult]
    /// How far their arm is from the baseline, by measure.
    public var effect: [String: Effect]

    public init(
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
    public var verdict: Verdict {
        if answer == .unclear {
            return claims.contains { $0.verdict == .refuted } ? .refuted : .inconclusive
        }
        return answer == .yes && !claims.contains { $0.verdict == .refuted } ? .proven : .refuted
    }
}
