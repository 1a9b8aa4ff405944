import Audit
import Model
import Statistics

extension ComparedSides {
    init(_ first: (SavedAudit, boot: String?), _ second: (SavedAudit, boot: String?)) {
        self.init(kind: .audit)
        let several = first.0.spaces.count > 1 || second.0.spaces.count > 1
        var old = Dictionary(first.0.spaces.map { ($0.name, $0) }) { first, _ in first }
        if !several, let space = first.0.spaces.first, let other = second.0.spaces.first {
            // One of each: whatever they are called.
            old = [other.name: space]
        }
        for space in second.0.spaces {
            guard let earlier = old[space.name] else { continue }
            let whole = several ? space.name : ""
            before += Self.metrics(earlier, of: whole)
            after += Self.metrics(space, of: whole)
            let rates = CounterRates(
                earlier, space, isSameBoot: first.boot != nil && first.boot == second.boot)
            before += rates.before(of: whole)
            after += rates.after(of: whole)
            if let note = rates.note, !notes.contains(note) { notes.append(note) }
            let prefix = several ? space.name + ": " : ""
            for (key, value) in earlier.settings { settings.before[prefix + key] = value }
            for (key, value) in space.settings { settings.after[prefix + key] = value }
            findings.before += Self.findings(earlier)
            findings.after += Self.findings(space)
        }
        notes.append(
            "this compares a host, not a lab: the host's load may have changed as well "
                + "(compare closing_per_second)")
    }

    private static func findings(_ space: SavedAudit.Space) -> [ComparisonJSON.Finding] {
        space.findings.map {
            ComparisonJSON.Finding(
                rule: $0.finding.rule, severity: $0.finding.severity.rawValue,
                subject: $0.finding.subject)
        }
    }

    private static func metrics(_ space: SavedAudit.Space, of whole: String) -> [Metric] {
        var metrics: [Metric] = []
        func add(
            _ name: String, _ title: String, _ unit: Measure.Unit, better: Measure.Direction?,
            _ value: Double?, isFlowing: Bool = false
        ) {
            guard let value else { return }
            metrics.append(
                Metric(
                    Measure(name, title, unit, better: better), of: whole, [value],
                    basis: .fact(isFlowing: isFlowing)))
        }
        let fullest = space.tuples.max { $0.blockedRatio < $1.blockedRatio }
        add(
            "fullest_tuple_ratio", "share of the fullest destination's ports in use", .ratio,
            better: .down,
            fullest?.blockedRatio ?? 0)
        add(
            "seconds_to_exhaustion", "time until its ports run out", .seconds, better: .up,
            space.tuples.compactMap(\.secondsToExhaustion).min())
        for severity in Severity.allCases {
            add(
                "findings_\(severity.rawValue)", "findings: \(severity.rawValue)", .count,
                better: .down,
                Double(space.findings.count { $0.finding.severity == severity }))
        }
        add(
            "fullest_queue_ratio", "fill of the fullest accept queue", .ratio, better: .down,
            space.listeners.compactMap(\.fill).max())
        let states: [(TCPState, Measure.Direction?)] = [
            (.timeWait, .down), (.closeWait, .down), (.finWait2, .down), (.synReceived, .down),
            (.established, nil),
        ]
        for (state, better) in states {
            add(
                state.name, "sockets in \(state.name)", .count, better: better,
                Double(space.states[state]), isFlowing: true)
        }
        let closing = space.tuples.compactMap(\.closingPerSecond)
        if !closing.isEmpty {
            add(
                "closing_per_second", "connections closed by this host", .perSecond, better: nil,
                closing.reduce(0, +))
        }
        return metrics
    }
}
