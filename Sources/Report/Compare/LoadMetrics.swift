import HostState
import Lab

/// The quantities of a recorded load, under the names of `LoadTrial.measures`.
struct LoadMetrics {
    private let run: LoadJSON

    init(_ run: LoadJSON) { self.run = run }

    var metrics: [Metric] {
        let values = values
        var metrics = LoadTrial.measures.compactMap { measure in
            values[measure.name].map { Metric(measure, [$0]) }
        }
        metrics += [
            Metric("dropped", "requests never begun", .count, better: .down, [Double(run.dropped)])
        ]
        if let late = run.latencySeconds.fromIntended {
            metrics.append(
                Metric(
                    "from_intended_p99_seconds", "slowest hundredth from the intended time",
                    .seconds, better: .down, [late.p99]))
        }
        // One that occurred in the other run is 0 here.
        for name in Self.errors.union(run.errors.keys).sorted() {
            metrics.append(
                Metric(
                    "errors_\(name)", "errors: \(name)", .count, better: .down,
                    [Double(run.errors[name] ?? 0)]))
        }
        return metrics
    }

    private static let errors: Set = [
        "EADDRNOTAVAIL", "EADDRINUSE", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "TIMEOUT",
    ]

    private var values: [String: Double] {
        let failed = run.attempted - run.completed - run.dropped - run.unfinished
        var values = [
            "completed": Double(run.completed), "failed": Double(failed),
            "failed_ratio": run.attempted > 0 ? Double(failed) / Double(run.attempted) : 0,
            "rate_per_second": run.ratePerSecond,
        ]
        if run.completed > 0 {
            values["client_cpu_seconds"] = run.cpuSeconds.client / Double(run.completed)
        }
        values["connect_p50_seconds"] = run.latencySeconds.connect?.p50
        values["connect_p99_seconds"] = run.latencySeconds.connect?.p99
        values["total_p50_seconds"] = run.latencySeconds.total?.p50
        values["total_p99_seconds"] = run.latencySeconds.total?.p99
        for side in ["client", "server"] {
            values["\(side)_TIME_WAIT"] = run.states[side].map { Double($0[.timeWait]) }
        }
        return values
    }

    /// What was asked for, so far as it makes a difference: not the seed.
    var settings: [String: String] {
        let asked = run.settings
        var settings = [
            "target": asked.target.isEmpty ? "own server" : asked.target.joined(separator: ", "),
            "pace": asked.pace, "connections": "\(asked.connections)",
            "threads": "\(asked.threads)", "close": asked.close, "requests": "\(asked.requests)",
            "request bytes": "\(asked.requestBytes)", "response bytes": "\(asked.responseBytes)",
            "think": asked.think.duration, "hold": asked.hold.duration, "ports": asked.ports,
            "sources": "\(asked.sources)", "destinations": "\(asked.destinations)",
            "backlog": "\(asked.backlog)",
            "rate": asked.rateTo.map { "\($0.figure)/s" } ?? "as it comes",
            "for": asked.seconds?.duration ?? "-", "count": asked.count?.grouped ?? "-",
            "source ports": asked.sourcePorts?.grouped ?? "-", "path": asked.path ?? "-",
        ]
        for (key, value) in asked.sysctls { settings[key] = value }
        return settings
    }
}
