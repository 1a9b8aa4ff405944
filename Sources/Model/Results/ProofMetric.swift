/// A quantity before and after, and whether the change is one.
public struct ProofMetric: Sendable, Hashable, Codable {
    public var name: String
    public var title: String
    public var unit: Measure.Unit
    public var role: Role
    public var before: Double
    public var after: Double
    /// The second median by the first, less one; nil where the first is 0.
    @Explicit public var changeRatio: Double?
    /// Of that change, or of the difference where the first median is 0.
    public var interval: [Double]
    /// By chance alone.
    public var p: Double
    /// The same, corrected for there being several quantities (Holm 1979).
    public var adjustedP: Double
    public var verdict: Change
    /// Within what share of the first median it is called the same; nil where that is 0, or in documents of earlier versions.
    @Explicit public var marginRatio: Double?
    /// Changed, but by less than so many seconds, below which it does not matter; nil otherwise.
    @Explicit public var belowSeconds: Double?
    /// The least change, as a share, that so many runs of so much variation would show in four of five proofs; nil where none, or
    /// where it was not to be told.
    @Explicit public var seenRatio: Double?

    public init(
        name: String,
        title: String,
        unit: Measure.Unit,
        role: Role,
        before: Double,
        after: Double,
        changeRatio: Double? = nil,
        interval: [Double],
        p: Double,
        adjustedP: Double,
        verdict: Change,
        marginRatio: Double? = nil,
        belowSeconds: Double? = nil,
        seenRatio: Double? = nil
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.role = role
        self.before = before
        self.after = after
        self.changeRatio = changeRatio
        self.interval = interval
        self.p = p
        self.adjustedP = adjustedP
        self.verdict = verdict
        self.marginRatio = marginRatio
        self.belowSeconds = belowSeconds
        self.seenRatio = seenRatio
    }

    public enum Role: String, Sendable, Hashable, Codable {
        /// What the workload is about: where none of these changes, nothing was gained.
        case decisive
        /// Gained or lost beside it.
        case beside
        /// Of answered requests alone: where the arms answer unlike shares of them, neither is better.
        case answered
    }

    public enum Change: String, Sendable, Hashable, Codable {
        case better, worse, same, unclear
        /// Changed, where neither way is better.
        case more, less
    }

    enum CodingKeys: String, CodingKey {
        case name, title, unit, role, before, after, interval, verdict
        case changeRatio = "change_ratio"
        case p = "p_value"
        case adjustedP = "p_adjusted"
        case marginRatio = "same_within_ratio"
        case belowSeconds = "below_seconds"
        case seenRatio = "seen_from_ratio"
    }

    /// Changed, whichever way.
    public var isDifferent: Bool { verdict != .same && verdict != .unclear }
}
