import Model
import Statistics
import Text

/// The quantities of a recorded load, under the names of `Measure.ofLoad`.
struct LoadMetrics {
    private let load: LoadJSON
    /// Those that count.
    private let runs: [LoadRunJSON]

    init(_ load: LoadJSON) {
        self.load = load
        runs = (load.runs ?? [LoadRunJSON(only: load)]).filter {
            load.void != nil || $0.void == nil
        }
    }

    /// By how much two runs of one load differ, beyond what a run tells by its tenths of a second, as a share (one standard
    /// deviation); docs/statistics.md has what was measured.
    private static let between = 0.035
    /// Counts of runs whose times differ by more than this are not of the same.
    private static let likeness = 0.1

    /// - Parameter other: what it is compared with.
    func metrics(against other: LoadMetrics) -> [Metric] {
        let values = runs.map(Self.values)
        var metrics = Measure.ofLoad.compactMap { measure -> Metric? in
            let values = values.compactMap { $0[measure.name] }
            guard !values.isEmpty else { return nil }
            return Metric(measure, values, basis: basis(of: measure.name, against: other))
        }
        metrics.append(
            Metric(
                "dropped", "requests dropped (all connections busy)", .count, better: .down,
                runs.map { Double($0.dropped) }, basis: occurrences(["dropped"], against: other)))
        if load.statuses.isEmpty == false || other.load.statuses.isEmpty == false {
            metrics.append(
                Metric(
                    "http_refused", "4xx and 5xx responses", .count, better: .down,
                    runs.map { Double($0.refused) }))
        }
        for (name, title, times) in [
            (
                "handshake_p50_seconds", "TLS handshake p50",
                runs.compactMap { $0.latencySeconds.handshake?.p50 }
            ),
            (
                "handshake_p99_seconds", "TLS handshake p99",
                runs.compactMap { $0.latencySeconds.handshake?.p99 }
            ),
        ] where !times.isEmpty {
            metrics.append(Metric(name, title, .seconds, better: .down, times))
        }
        let late = runs.compactMap { $0.latencySeconds.fromIntended?.p99 }
        if !late.isEmpty {
            metrics.append(
                Metric(
                    "from_intended_p99_seconds", "request p99 from the intended start",
                    .seconds, better: .down, late))
        }
        // One that occurred in the other load is 0 here.
        for name in Self.errors.union(load.errors.keys).union(other.load.errors.keys).sorted() {
            metrics.append(
                Metric(
                    "errors_\(name)", "errors: \(name)", .count, better: .down,
                    runs.map { Double($0.errors[name] ?? 0) },
                    basis: occurrences([name], against: other)))
        }
        return metrics
    }

    private static let errors: Set = [
        "EADDRNOTAVAIL", "EADDRINUSE", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "TIMEOUT",
    ]

    private static func values(_ run: LoadRunJSON) -> [String: Double] {
        var values = [
            "completed": Double(run.completed), "failed": Double(run.failed),
            "failed_ratio": run.attempted > 0 ? Double(run.failed) / Double(run.attempted) : 0,
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

    // MARK: what a single run rests on

    private func basis(of name: String, against other: LoadMetrics) -> Metric.Basis {
        switch name {
        case "rate_per_second": tenths("completed")
        case "completed": isAsLong(as: other) ? tenths("completed") : .unknown
        case "connect_p50_seconds", "total_p50_seconds": tenths(name)
        case "failed", "failed_ratio": occurrences(Array(load.errors.keys), against: other)
        default: .unknown
        }
    }

    private func tenths(_ name: String) -> Metric.Basis {
        // The last tenth is cut off by the end, and what drains behind it is no part of the load.
        let whole = Int(load.seconds / max(load.seriesSeconds, 1e-3) + 1e-6)
        guard load.runs == nil, let series = load.series[name]?.prefix(whole),
            let noise = SeriesNoise(name == "completed" ? Array(series) : series.filter { $0 > 0 })
        else { return .unknown }
        // A run that waited for a processor may be that much slower.
        let waited = load.hindrance?.clientWaited.map { $0 / max(load.seconds, 1e-3) } ?? 0
        return .tenths(
            noise, between: (Self.between * Self.between + waited * waited).squareRoot())
    }

    private func occurrences(_ names: [String], against other: LoadMetrics) -> Metric.Basis {
        guard load.runs == nil, isAsLong(as: other),
            (load.series.values.first?.count ?? 0) >= SeriesNoise.fewest
        else { return .unknown }
        let columns = names.compactMap { load.series[$0] }
        let count = columns.map(\.count).max() ?? 0
        return .occurrences(
            tenths: (0..<count).count { place in columns.contains { $0[place] > 0 } })
    }

    private func isAsLong(as other: LoadMetrics) -> Bool {
        (load.seconds - other.load.seconds).magnitude
            <= Self.likeness * max(load.seconds, other.load.seconds)
    }

    /// What was asked for, so far as it makes a difference: not the seed.
    var settings: [String: String] {
        let asked = load.settings
        var settings = [
            "target": asked.target.isEmpty ? "own server" : asked.target.joined(separator: ", "),
            "pace": asked.pace, "connections": "\(asked.connections)",
            "threads": "\(asked.threads)", "close": asked.close, "requests": "\(asked.requests)",
            "request bytes": "\(asked.requestBytes)", "response bytes": "\(asked.responseBytes)",
            "think": asked.think.duration, "hold": asked.hold.duration, "ports": asked.ports,
            "sources": "\(asked.sources)", "destinations": "\(asked.destinations)",
            "backlog": "\(asked.backlog)",
            "rate": asked.rateTo.map { "\($0.figure)/s" } ?? "no fixed rate",
            "for": asked.seconds?.duration ?? "-", "count": asked.count?.grouped ?? "-",
            "source ports": asked.sourcePorts?.grouped ?? "-", "path": asked.path ?? "-",
            "TLS": asked.tls == true
                ? (asked.tlsResume == true ? "resumed" : "full handshakes") : "-",
        ]
        for (key, value) in asked.sysctls { settings[key] = value }
        return settings
    }
}
