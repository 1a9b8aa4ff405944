import Model

extension LoadJSON {
    /// A run makes no more than that of anything: sums of such numbers do not overflow.
    private static let counts = 0...(1 << 52)
    private static let times = 0.0...1e12

    /// Why a recorded run cannot be one; nil where it can.
    package var problem: String? {
        let numbers =
            [
                attempted, completed, dropped, unfinished, connections, bytesReceived,
                bodyBytes ?? 0, tls?.handshakes ?? 0, tls?.resumed ?? 0,
            ] + (runs ?? []).flatMap { [$0.attempted, $0.completed, $0.dropped, $0.unfinished] }
        let groups =
            [errors, statuses, serverErrors, tls?.agreed, tls?.verified, tls?.failures]
            .compactMap(\.self) + Array(errorsByStage.values)
            + (runs ?? []).flatMap { [$0.errors, $0.statuses] }
        guard numbers.allSatisfy(Self.counts.contains),
            groups.allSatisfy({ $0.values.allSatisfy(Self.counts.contains) }),
            ([states] + (runs ?? []).map(\.states)).allSatisfy({ sides in
                sides.values.allSatisfy { states in
                    TCPState.allCases.allSatisfy { Self.counts ~= states[$0] }
                }
            })
        else { return "a count is one that no run can have" }
        var spans = [
            seconds, ratePerSecond, tls?.handshakesPerSecond ?? 0, cpuSeconds.client,
            cpuSeconds.server ?? 0, seriesSeconds,
        ]
        if let hindrance {
            spans += [
                hindrance.clientWaited, hindrance.serverWaited, hindrance.throttled,
                hindrance.stealRatio,
            ].compactMap(\.self)
        }
        var latencies = latencySeconds.all
        for run in runs ?? [] {
            spans += [
                run.seconds, run.ratePerSecond, run.cpuSeconds.client, run.cpuSeconds.server ?? 0,
            ]
            latencies += run.latencySeconds.all
        }
        guard spans.allSatisfy(Self.times.contains), latencies.allSatisfy(Self.isPlausible) else {
            return "a time is one that no run can take"
        }
        guard Set(series.values.map(\.count)).count <= 1 else {
            return "its series differ in length"
        }
        return series.values.allSatisfy({ $0.allSatisfy(Self.times.contains) })
            ? nil : "a series contains values that were not counted"
    }

    private static func isPlausible(_ latency: Latency) -> Bool {
        let times = [
            latency.minimum, latency.p50, latency.p90, latency.p99, latency.p999, latency.maximum,
            latency.mean,
        ]
        return counts ~= latency.count && [0, 101].contains(latency.curve.count)
            && (times + latency.curve).allSatisfy(Self.times.contains)
    }
}
