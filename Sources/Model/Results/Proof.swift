/// What came of a profile tried in a twin: the data of `tcptune.prove/1`.
public struct Proof: Sendable, Hashable, Codable {
    public var profile: ProfileIdentity
    public var workload: ProvedWorkload
    public var verdict: ProofVerdict
    /// The verdict in a sentence, with its numbers.
    public var sentence: String
    /// The profile's changes that were tried.
    public var settings: [TriedSetting]
    public var unchanged: [SettingValue]
    public var carried: [SettingValue]
    public var notCarried: [MissingValue]
    public var metrics: [ProofMetric]
    /// Outcomes that the scaling law predicts; nil in documents of earlier versions.
    @Explicit public var lawChecks: [LawCheck]?
    public var notShown: [MissingValue]
    /// Nil where it was not asked for.
    @Explicit public var attribution: Attribution?
    public var arms: [ArmResult]
    public var measures: [Measure]
    public var runs: Int
    public var seed: UInt64
    public var seconds: Double
    public var wasInterrupted: Bool
    /// Why it shows nothing; nil where it does.
    @Explicit public var void: String?
    public var notes: [String]

    public init(
        profile: ProfileIdentity,
        workload: ProvedWorkload,
        verdict: ProofVerdict,
        sentence: String,
        settings: [TriedSetting],
        unchanged: [SettingValue],
        carried: [SettingValue],
        notCarried: [MissingValue],
        metrics: [ProofMetric],
        lawChecks: [LawCheck]? = nil,
        notShown: [MissingValue],
        attribution: Attribution? = nil,
        arms: [ArmResult],
        measures: [Measure],
        runs: Int,
        seed: UInt64,
        seconds: Double,
        wasInterrupted: Bool,
        void: String? = nil,
        notes: [String]
    ) {
        self.profile = profile
        self.workload = workload
        self.verdict = verdict
        self.sentence = sentence
        self.settings = settings
        self.unchanged = unchanged
        self.carried = carried
        self.notCarried = notCarried
        self.metrics = metrics
        self.lawChecks = lawChecks
        self.notShown = notShown
        self.attribution = attribution
        self.arms = arms
        self.measures = measures
        self.runs = runs
        self.seed = seed
        self.seconds = seconds
        self.wasInterrupted = wasInterrupted
        self.void = void
        self.notes = notes
    }

    enum CodingKeys: String, CodingKey {
        case profile, workload, verdict, sentence, settings, unchanged, carried, metrics
        case attribution, arms, measures, runs, seed, seconds, void, notes
        case lawChecks = "law_checks"
        case notCarried = "not_carried"
        case notShown = "not_shown"
        case wasInterrupted = "interrupted"
    }
}

/// The traffic of a proof, as it is told.
public struct ProvedWorkload: Sendable, Hashable, Codable {
    public var name: String
    public var text: String
    /// Why this one.
    public var reason: String
    /// Nil where nothing is scaled.
    @Explicit public var scale: TwinScale?
    public var assumed: [String]
    /// Seconds of one run; nil where it ends by itself.
    @Explicit public var runSeconds: Double?
    /// Connections a second; nil where they come as they can.
    @Explicit public var ratePerSecond: Double?
    /// What a picture of it is to show, most telling first: names of series.
    public var series: [String]

    public init(
        name: String,
        text: String,
        reason: String,
        scale: TwinScale? = nil,
        assumed: [String],
        runSeconds: Double? = nil,
        ratePerSecond: Double? = nil,
        series: [String]
    ) {
        self.name = name
        self.text = text
        self.reason = reason
        self.scale = scale
        self.assumed = assumed
        self.runSeconds = runSeconds
        self.ratePerSecond = ratePerSecond
        self.series = series
    }

    enum CodingKeys: String, CodingKey {
        case name, text, reason, scale, assumed, series
        case runSeconds = "run_seconds"
        case ratePerSecond = "rate_per_second"
    }
}
