/// What the measurements say of a claim.
public struct ClaimResult: Sendable, Hashable, Codable {
    public var text: String
    public var verdict: Verdict
    /// The quantity the claim is about: a median, or a ratio of two.
    @Explicit public var observed: Double?
    /// Its interval.
    public var interval: [Double]
    /// By chance alone, of claims of more or less.
    @Explicit public var p: Double?
    public var isScaling: Bool
    /// What was measured, in words.
    public var evidence: String

    public init(
        text: String,
        verdict: Verdict,
        observed: Double? = nil,
        interval: [Double],
        p: Double? = nil,
        isScaling: Bool,
        evidence: String
    ) {
        self.text = text
        self.verdict = verdict
        self.observed = observed
        self.interval = interval
        self.p = p
        self.isScaling = isScaling
        self.evidence = evidence
    }

    enum CodingKeys: String, CodingKey {
        case text, verdict, observed, interval, evidence
        case p = "p_value"
        case isScaling = "scaling"
    }
}
