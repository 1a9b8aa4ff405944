package import Model

extension LoadResult {
    /// Fewer counted runs than this share of them say nothing.
    private static let leastCounted = 0.5

    /// Several runs of one load as one: counts are added up, rates and times are the medians of the runs that count.
    ///
    /// The series are those of the runs, one after the other. States are those at the end of the last run.
    package static func of(runs: [LoadResult]) -> LoadResult {
        guard runs.count > 1, var whole = runs.last else { return runs.first ?? LoadResult() }
        let counted = runs.filter { $0.void == nil }
        let told = counted.isEmpty ? runs : counted
        func sum(_ value: (LoadResult) -> Int) -> Int { runs.reduce(0) { $0 + value($1) } }
        func merged<Value: AdditiveArithmetic>(
            _ value: (LoadResult) -> [String: Value]
        ) -> [String: Value] {
            runs.reduce(into: [:]) { $0.merge(value($1), uniquingKeysWith: +) }
        }
        whole.attempted = sum(\.attempted)
        whole.completed = sum(\.completed)
        whole.dropped = sum(\.dropped)
        whole.unfinished = sum(\.unfinished)
        whole.connections = sum(\.connections)
        whole.bytesReceived = sum(\.bytesReceived)
        whole.bodyBytes = sum(\.bodyBytes)
        whole.errors = merged(\.errors)
        whole.statuses = merged(\.statuses)
        whole.serverErrors = merged(\.serverErrors)
        whole.clientCounters = merged(\.clientCounters)
        whole.serverCounters = merged(\.serverCounters)
        whole.errorsByStage = [:]
        for run in runs {
            for (stage, counts) in run.errorsByStage {
                whole.errorsByStage[stage, default: [:]].merge(counts, uniquingKeysWith: +)
            }
        }
        whole.seconds = runs.reduce(0) { $0 + $1.seconds }
        whole.clientCPUSeconds = runs.reduce(0) { $0 + $1.clientCPUSeconds }
        whole.serverCPUSeconds =
            whole.serverCPUSeconds.map { _ in runs.reduce(0) { $0 + ($1.serverCPUSeconds ?? 0) } }
        whole.scheduled = total(runs.map(\.scheduled))
        whole.serverScheduled = total(runs.map(\.serverScheduled))
        let throttled = runs.compactMap(\.throttledSeconds)
        whole.throttledSeconds = throttled.isEmpty ? nil : throttled.reduce(0, +)
        whole.stealRatio = runs.compactMap(\.stealRatio).max()
        whole.ratePerSecond = Sample(told.map(\.ratePerSecond)).median ?? 0
        whole.connect = Latency(runs: told.compactMap(\.connect))
        whole.handshake = Latency(runs: told.compactMap(\.handshake))
        whole.tls = runs.compactMap(\.tls).reduce(nil) { sum, tls in
            var sum = sum ?? TLSTally()
            sum.add(tls)
            return sum
        }
        whole.firstByte = Latency(runs: told.compactMap(\.firstByte))
        whole.total = Latency(runs: told.compactMap(\.total))
        whole.fromIntended = Latency(runs: told.compactMap(\.fromIntended))
        whole.lag = Latency(runs: told.compactMap(\.lag))
        whole.series = joined(runs)
        whole.wasInterrupted = runs.contains(where: \.wasInterrupted)
        whole.notes = runs.last?.notes ?? []
        whole.void = nil
        if let reason = runs.lazy.compactMap(\.void).first {
            let count = runs.count - counted.count
            whole.notes.append(
                "the medians leave out \(count) of \(runs.count) runs, which are void; first reason: \(reason)"
            )
        }
        if Double(counted.count) < leastCounted * Double(runs.count) {
            whole.void = runs.lazy.compactMap(\.void).first
        }
        return whole
    }

    /// Nil where a run does not tell.
    private static func total(_ stats: [ThreadSchedstat?]) -> ThreadSchedstat? {
        let told = stats.compactMap(\.self)
        return told.count == stats.count ? told.reduce(ThreadSchedstat(), +) : nil
    }

    /// End to end; a quantity that did not occur in a run was 0 in it.
    private static func joined(_ runs: [LoadResult]) -> [String: [Double]] {
        let names = Set(runs.flatMap(\.series.keys))
        return Dictionary(
            uniqueKeysWithValues: names.map { name in
                (
                    name,
                    runs.flatMap { run in
                        run.series[name]
                            ?? [Double](
                                repeating: 0, count: run.series.values.first?.count ?? 0)
                    }
                )
            })
    }
}

extension Latency {
    /// Medians of the runs, the extremes of all; nil where there is none.
    fileprivate init?(runs: [Latency]) {
        guard let first = runs.first else { return nil }
        func median(_ value: (Latency) -> Double) -> Double {
            Sample(runs.map(value)).median ?? 0
        }
        self = first
        count = runs.reduce(0) { $0 + $1.count }
        minimum = runs.map(\.minimum).min() ?? 0
        maximum = runs.map(\.maximum).max() ?? 0
        p50 = median(\.p50)
        p90 = median(\.p90)
        p99 = median(\.p99)
        p999 = median(\.p999)
        mean = median(\.mean)
        let length = runs.map(\.curve.count).min() ?? 0
        curve = (0..<length).map { place in median { $0.curve[place] } }
    }
}
