/// What came of a profile tried in a twin: the data of `tcptune.prove/1`.
package struct Proof: Sendable, Hashable, Codable {
    package var profile: ProfileIdentity
    package var workload: ProvedWorkload
    package var verdict: ProofVerdict
    /// The verdict in a sentence, with its numbers.
    package var sentence: String
    /// The profile's changes that were tried.
    package var settings: [TriedSetting]
    package var unchanged: [SettingValue]
    package var carried: [SettingValue]
    package var notCarried: [MissingValue]
    package var metrics: [ProofMetric]
    /// Outcomes that the scaling law predicts; nil in documents of earlier versions.
    @Explicit package var lawChecks: [LawCheck]?
    package var notShown: [MissingValue]
    /// Nil where it was not asked for.
    @Explicit package var attribution: Attribution?
    package var arms: [ArmResult]
    package var measures: [Measure]
    package var runs: Int
    package var seed: UInt64
    package var seconds: Double
    package var wasInterrupted: Bool
    /// Why it shows nothing; nil where it does.
    @Explicit package var void: String?
    package var notes: [String]

    package init(
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
package struct ProvedWorkload: Sendable, Hashable, Codable {
    package var name: String
    package var text: String
    /// Why this one.
    package var reason: String
    /// Nil where nothing is scaled.
    @Explicit package var scale: TwinScale?
    package var assumed: [String]
    /// Seconds of one run; nil where it ends by itself.
    @Explicit package var runSeconds: Double?
    /// Connections a second; nil where they come as they can.
    @Explicit package var ratePerSecond: Double?
    /// What a picture of it is to show, most telling first: names of series.
    package var series: [String]

    package init(
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
