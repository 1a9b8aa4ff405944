/// What the measurements say of a claim.
package struct ClaimResult: Sendable, Hashable, Codable {
    package var text: String
    package var verdict: Verdict
    /// The quantity the claim is about: a median, or a ratio of two.
    @Explicit package var observed: Double?
    /// Its interval.
    package var interval: [Double]
    /// By chance alone, of claims of more or less.
    @Explicit package var p: Double?
    package var isScaling: Bool
    /// What was measured, in words.
    package var evidence: String

    package init(
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
