/// What came of a profile tried in a twin: the data of `tcptune.prove/1`.
package struct Proof: Sendable, Hashable, Codable {
    package var profile: ProvedProfile
    package var workload: ProvedWorkload
    package var verdict: ProofVerdict
    /// The verdict in a sentence, with its numbers.
    package var sentence: String
    /// The profile's changes that were tried.
    package var settings: [TriedSetting]
    package var unchanged: [TwinValue]
    package var carried: [TwinValue]
    package var notCarried: [MissingValue]
    package var metrics: [ProofMetric]
    /// Outcomes that the scaling law predicts; nil in documents of earlier versions.
    package var lawChecks: [LawCheck]?
    package var notShown: [MissingValue]
    /// Nil where it was not asked for.
    package var attribution: Attribution?
    package var arms: [ArmResult]
    package var measures: [Measure]
    package var runs: Int
    package var seed: UInt64
    package var seconds: Double
    package var wasInterrupted: Bool
    /// Why it shows nothing; nil where it does.
    package var void: String?
    package var notes: [String]

    enum CodingKeys: String, CodingKey {
        case profile, workload, verdict, sentence, settings, unchanged, carried, metrics
        case attribution, arms, measures, runs, seed, seconds, void, notes
        case lawChecks = "law_checks"
        case notCarried = "not_carried"
        case notShown = "not_shown"
        case wasInterrupted = "interrupted"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(profile, forKey: .profile)
        try container.encode(workload, forKey: .workload)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(sentence, forKey: .sentence)
        try container.encode(settings, forKey: .settings)
        try container.encode(unchanged, forKey: .unchanged)
        try container.encode(carried, forKey: .carried)
        try container.encode(notCarried, forKey: .notCarried)
        try container.encode(metrics, forKey: .metrics)
        try container.encode(lawChecks ?? [], forKey: .lawChecks)
        try container.encode(notShown, forKey: .notShown)
        try container.encode(attribution, forKey: .attribution)
        try container.encode(arms, forKey: .arms)
        try container.encode(measures, forKey: .measures)
        try container.encode(runs, forKey: .runs)
        try container.encode(seed, forKey: .seed)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(wasInterrupted, forKey: .wasInterrupted)
        try container.encode(void, forKey: .void)
        try container.encode(notes, forKey: .notes)
    }
}

package struct ProvedProfile: Sendable, Hashable, Codable {
    package var name: String
    package var path: String
    package var digest: String

    package init(name: String, path: String, digest: String) {
        self.name = name
        self.path = path
        self.digest = digest
    }
}

/// The traffic of a proof, as it is told.
package struct ProvedWorkload: Sendable, Hashable, Codable {
    package var name: String
    package var text: String
    /// Why this one.
    package var reason: String
    /// Nil where nothing is scaled.
    package var scale: TwinScale?
    package var assumed: [String]
    /// Seconds of one run; nil where it ends by itself.
    package var runSeconds: Double?
    /// Connections a second; nil where they come as they can.
    package var ratePerSecond: Double?
    /// What a picture of it is to show, most telling first: names of series.
    package var series: [String]

    enum CodingKeys: String, CodingKey {
        case name, text, reason, scale, assumed, series
        case runSeconds = "run_seconds"
        case ratePerSecond = "rate_per_second"
    }

    package init(_ workload: Workload, reason: String, scale: TwinScale?) {
        name = workload.name
        text = workload.text
        self.reason = reason
        self.scale = scale
        assumed = workload.assumed
        runSeconds = workload.plan.seconds
        ratePerSecond = workload.rate
        series = workload.series
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(text, forKey: .text)
        try container.encode(reason, forKey: .reason)
        try container.encode(scale, forKey: .scale)
        try container.encode(assumed, forKey: .assumed)
        try container.encode(runSeconds, forKey: .runSeconds)
        try container.encode(ratePerSecond, forKey: .ratePerSecond)
        try container.encode(series, forKey: .series)
    }
}

extension Workload {
    /// Connections a second; nil where they come as they can.
    var rate: Double? {
        if case .open(_, let rate, _) = plan.pace { rate } else { nil }
    }
}
