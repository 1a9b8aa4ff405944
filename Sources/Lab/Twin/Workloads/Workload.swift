package import Model

/// Traffic under which two sets of settings are compared.
package struct Workload: Sendable {
    /// As it is asked for: `outbound-client`.
    package var name: String
    /// What it does, in a sentence.
    package var text: String
    package var plan: LoadPlan
    package var scaling: TwinScaling
    /// What is measured, what matters most first.
    package var measures: [WorkloadMeasure]
    /// The quantities over time that show it best, by the names of a trial's series.
    package var series: [String]
    /// What is taken for granted where it could not be seen.
    package var assumed: [String]
    /// Connections a second that the host makes to a destination, where the workload stands for it.
    package var hostRate: Double?
    /// Seconds of a run at least, for it to show what it is for.
    package var leastSeconds: Double

    package init(
        _ name: String, _ text: String, plan: LoadPlan, scaling: TwinScaling = .none,
        measures: [WorkloadMeasure], series: [String], assumed: [String] = [],
        leastSeconds: Double = 0.5
    ) {
        self.name = name
        self.text = text
        self.plan = plan
        self.scaling = scaling
        self.measures = measures
        self.series = series
        self.assumed = assumed
        self.leastSeconds = leastSeconds
    }

    /// Seconds that a run of it takes, about.
    package var seconds: Double { (plan.seconds ?? 2) + 0.2 }
}

/// A quantity that a workload measures, and what a change of it means.
package struct WorkloadMeasure: Sendable, Hashable {
    package var measure: Measure
    package var role: ProofMetric.Role
    /// Seconds by less than which a change of processor time does not matter; nil where that is not known.
    package var leastCPUSeconds: Double?

    package init(_ measure: Measure, _ role: ProofMetric.Role) {
        self.measure = measure
        self.role = role
    }

    /// A change of less than this share does not matter.
    static let margin = 0.05
    /// Nor one of a time by less than a millisecond: between two namespaces a round trip takes 0.03 ms, on a network one.
    static let leastSeconds = 0.001
    /// A time that differs by more than this is not the same, however short it is.
    private static let sameTime = 0.25

    /// Nor one of processor time by less than this share: it varies by 10 to 15 % from run to run of one machine (measured).
    private static let leastCPU = 0.2

    /// Within how much of a value another is called the same.
    func same(as value: Double) -> Double {
        let level = value == 0 ? 1 : value.magnitude
        return measure.unit == .seconds && value != 0
            ? min(least(from: value), max(Self.sameTime, isCPU ? Self.leastCPU : 0) * level)
            : least(from: value)
    }

    private var isCPU: Bool { measure.name.contains("cpu") }

    /// By how much it must change from a value for that to matter.
    func least(from value: Double) -> Double {
        let level = value == 0 ? 1 : value.magnitude
        guard measure.unit == .seconds else { return Self.margin * level }
        return isCPU
            ? max(Self.leastCPU * level, leastCPUSeconds ?? 0)
            : max(Self.margin * level, Self.leastSeconds)
    }

    /// One that every run of the load generator measures.
    init(_ name: String, _ role: ProofMetric.Role) {
        self.init(
            Measure.ofLoad.first { $0.name == name } ?? Measure(name, name, .count), role)
    }
}
