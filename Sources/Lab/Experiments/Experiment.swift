package import Catalogue
package import Model

/// A question put to this kernel: arms that differ in one thing, what is measured, and what would prove or refute it.
package struct Experiment: Sendable {
    /// As it is started: `port-exhaustion`.
    package var name: String
    /// What a user would ask.
    package var question: String
    /// The answer that is put to the test, in a sentence.
    package var claim: String
    /// Kernel functions that make it so: `net/ipv4/inet_hashtables.c:__inet_hash_connect`.
    package var source: [String]
    package var arms: [Arm]
    package var measures: [Measure]
    /// What must hold of the measurements for the claim to be proven.
    package var claims: [Claim]
    /// How what is measured in small stands for a host at full size; nil where nothing is scaled.
    package var scaling: String?
    /// Runs of each arm, unless the user says otherwise.
    package var runs: Int
    package var occupation: Occupation
    /// Whether the remedy, or the last arm, is held against the first; the arms of others are cases of one question.
    package var isComparison: Bool
    /// What its remedy is for; nil where it has none, or one that is no setting.
    package var purpose: Purpose?
    /// Settings that are tried in the place of its remedy's.
    var tried: Trying?
    /// Descriptors that a run of an arm has open, at most.
    package var descriptors: Int
    /// What is to be known of how it was changed.
    package var notes: [String] = []
    /// What carries its connections.
    package internal(set) var family = InternetFamily.v4
    /// Why it is of IPv4 alone; nil where it may run over IPv6.
    package var onlyIPv4: String?
    /// What else it claims over IPv6.
    var changesOverIPv6: @Sendable (inout Experiment) -> Void = { _ in }
    /// One run of an arm, on a thread of its own; sees to its own namespaces.
    ///
    /// What this kernel lacks is thrown as `Refusal.Kind.unavailable`: the experiment then is inconclusive, with that reason.
    package var trial: @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial

    package enum Occupation: String, Sendable, Hashable {
        /// Uses the processors: its trials take turns.
        case busy
        /// Waits most of the time: all its trials run at the same time.
        case waiting
        /// Waits for timers of a minute: runs beside other experiments, too.
        case idle
    }

    /// One of the catalogue.
    package init(
        _ id: ExperimentID, question: String, claim: String, source: [String], arms: [Arm],
        measures: [Measure], claims: [Claim], scaling: String? = nil, runs: Int = 5,
        occupation: Occupation? = nil, isComparison: Bool = true, purpose: Purpose? = nil,
        descriptors: Int = 64,
        trial: @escaping @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial
    ) {
        self.init(
            named: id.rawValue, question: question, claim: claim, source: source, arms: arms,
            measures: measures, claims: claims, scaling: scaling, runs: runs,
            occupation: occupation ?? (id.runsSideBySide ? .waiting : .busy),
            isComparison: isComparison, purpose: purpose, descriptors: descriptors, trial: trial)
    }

    /// A user's own.
    package init(
        named name: String, question: String, claim: String, source: [String], arms: [Arm],
        measures: [Measure], claims: [Claim], scaling: String? = nil, runs: Int = 5,
        occupation: Occupation = .busy, isComparison: Bool = true, purpose: Purpose? = nil,
        descriptors: Int = 64,
        trial: @escaping @Sendable (Arm, TrialConditions) throws(Refusal) -> Trial
    ) {
        self.name = name
        self.question = question
        self.claim = claim
        self.source = source
        self.arms = arms
        self.measures = measures
        self.claims = claims
        self.scaling = scaling
        self.runs = runs
        self.occupation = occupation
        self.isComparison = isComparison
        self.purpose = purpose
        self.descriptors = descriptors
        self.trial = trial
    }
}

extension Experiment {
    /// As it is listed.
    package var summary: ExperimentSummary {
        ExperimentSummary(
            name: name, question: question, claim: claim, source: source, arms: arms.map(\.name),
            claims: claims.map(\.text), runs: runs, onlyIPv4: onlyIPv4)
    }
}

/// What a trial is given beside its arm.
package struct TrialConditions: Sendable {
    /// Of whatever is random in it; the same for all arms of a round.
    package var seed: UInt64
    /// Set where the user wants to end.
    package var stop: StopSign
    /// Where what a wire saw is put by; nil where nobody wants it.
    package var capture: Capture.Place?

    package init(
        seed: UInt64, stop: StopSign = StopSign(), capture: Capture.Place? = nil
    ) {
        self.seed = seed
        self.stop = stop
        self.capture = capture
    }
}
