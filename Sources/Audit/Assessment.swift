package import Model

/// What the audit says about one namespace.
package struct Assessment: Sendable {
    package let situation: Situation
    /// Most severe first, then in the order of the rules.
    ///
    /// Their commands act on what was audited.
    package let findings: [Finding]
    /// Where the commands of the same page act.
    package let placement: Placement

    /// States what was found by other means than the rules.
    package init(situation: Situation, findings: [Finding]) {
        self.situation = situation
        self.findings = findings
        placement = Placement(
            namespace: situation.now.namespace, host: situation.host.name)
    }

    /// Judges one view of an observation.
    ///
    /// - Parameter source: what the view was read from, for the commands.
    package init(
        host: Host, view: Observation.View, neighbours: [Snapshot] = [],
        source: ObservedFrom = .host
    ) {
        let situation = Situation(host: host, view: view, neighbours: neighbours)
        self.situation = situation
        let placement = Placement(namespace: view.now.namespace, source: source, host: host.name)
        self.placement = placement
        findings = Rules.all.flatMap { $0.findings(in: situation).map(\.withExperiment) }
            .mostSevereFirst(by: \.severity)
            .map { placement.placed($0) }
    }

    /// Judges all namespaces of an observation, each beside the others.
    package static func all(
        of observation: Observation, from source: ObservedFrom = .host
    ) -> [Assessment] {
        let snapshots = observation.views.map(\.now)
        return observation.views.map {
            Assessment(
                host: observation.host, view: $0, neighbours: snapshots, source: source)
        }
    }
}
