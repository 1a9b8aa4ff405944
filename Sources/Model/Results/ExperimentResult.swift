/// What came of an experiment: every trial, and what they say together.
public struct ExperimentResult: Sendable, Hashable, Codable {
    public var name: String
    public var question: String
    public var claim: String
    public var source: [String]
    public var verdict: Verdict
    public var arms: [ArmResult]
    public var measures: [Measure]
    public var claims: [ClaimResult]
    public var scaling: String?
    /// How far the remedy, or the last arm, is from the first, by measure.
    public var effect: [String: Effect]
    public var runs: Int
    public var seed: UInt64
    /// What carried its connections; nil in documents of before.
    public var family: InternetFamily?
    /// How long it took.
    public var seconds: Double
    /// Ended by the user before all runs were made.
    public var wasInterrupted: Bool
    /// Why it could not be tried here; nil where it was.
    public var unavailable: String?
    /// What ended it before its end; nil where nothing did.
    public var failure: String?
    /// What came of settings that were tried; nil where none were.
    public var tried: TriedResult?
    public var notes: [String]

    public init(
        name: String,
        question: String,
        claim: String,
        source: [String],
        verdict: Verdict,
        arms: [ArmResult],
        measures: [Measure],
        claims: [ClaimResult],
        scaling: String? = nil,
        effect: [String: Effect],
        runs: Int,
        seed: UInt64,
        family: InternetFamily? = nil,
        seconds: Double,
        wasInterrupted: Bool,
        unavailable: String? = nil,
        failure: String? = nil,
        tried: TriedResult? = nil,
        notes: [String]
    ) {
        self.name = name
        self.question = question
        self.claim = claim
        self.source = source
        self.verdict = verdict
        self.arms = arms
        self.measures = measures
        self.claims = claims
        self.scaling = scaling
        self.effect = effect
        self.runs = runs
        self.seed = seed
        self.family = family
        self.seconds = seconds
        self.wasInterrupted = wasInterrupted
        self.unavailable = unavailable
        self.failure = failure
        self.tried = tried
        self.notes = notes
    }

    enum CodingKeys: String, CodingKey {
        case name, question, claim, source, verdict, arms, measures, claims, scaling, effect, runs
        case seed, family, seconds, unavailable, failure, tried, notes
        case wasInterrupted = "interrupted"
    }
}
