public import HostState

/// What the audit says of one namespace.
public struct Assessment: Sendable {
    public let situation: Situation
    /// Most severe first, then in the order of the rules.
    public let findings: [Finding]

    /// States what was found by other means than the rules.
    package init(situation: Situation, findings: [Finding]) {
        self.situation = situation
        self.findings = findings
    }

    /// Judges one view of an observation.
    public init(host: Host, view: Observation.View, neighbours: [Snapshot] = []) {
        let situation = Situation(host: host, view: view, neighbours: neighbours)
        self.situation = situation
        findings = Rules.all.flatMap { $0.findings(in: situation).map(\.withExperiment) }
            .enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }

    /// Judges all namespaces of an observation, each beside the others.
    public static func all(of observation: Observation) -> [Assessment] {
        let snapshots = observation.views.map(\.now)
        return observation.views.map {
            Assessment(host: observation.host, view: $0, neighbours: snapshots)
        }
    }
}
