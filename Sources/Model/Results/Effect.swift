/// How far two arms are apart in a measure.
public struct Effect: Sendable, Hashable, Codable {
    public var arm: String
    public var than: String
    public var before: Double
    public var after: Double
    /// The second median by the first, less one; nil where the first is 0.
    public var changeRatio: Double?
    /// Of that change, or of the difference where the first median is 0.
    public var interval: [Double]
    public var p: Double
    /// Cliff's delta.
    public var delta: Double
    /// `better`, `worse`, `same`, `unclear`; `more` and `less` where neither is better.
    public var verdict: String

    public init(
        arm: String,
        than: String,
        before: Double,
        after: Double,
        changeRatio: Double? = nil,
        interval: [Double],
        p: Double,
        delta: Double,
        verdict: String
    ) {
        self.arm = arm
        self.than = than
        self.before = before
        self.after = after
        self.changeRatio = changeRatio
        self.interval = interval
        self.p = p
        self.delta = delta
        self.verdict = verdict
    }

    enum CodingKeys: String, CodingKey {
        case arm, than, before, after, interval, delta, verdict
        case changeRatio = "change_ratio"
        case p = "p_value"
    }
}
