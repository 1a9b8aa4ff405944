import HostState
package import Lab

/// The data of `tcptune.load/1`: a run as it is recorded, and read again.
package struct LoadJSON: Codable, Hashable, Sendable {
    let attempted: Int
    let completed: Int
    let dropped: Int
    let unfinished: Int
    let connections: Int
    /// By the errno's name.
    let errors: [String: Int]
    let errorsByStage: [String: [String: Int]]
    let statuses: [String: Int]
    let bytesReceived: Int
    let seconds: Double
    let ratePerSecond: Double
    let cpuSeconds: CPU
    let latencySeconds: Latencies
    /// Columns of one length.
    let series: [String: [Double]]
    /// Seconds from one place of a series to the next.
    let seriesSeconds: Double
    /// By side: `client`, `server`.
    let states: [String: StateCounts]
    let counters: [String: [String: Int64]]
    let serverErrors: [String: Int]
    let interrupted: Bool
    @Explicit var void: String?
    let settings: LoadSettingsJSON

    /// Of processors, by side.
    struct CPU: Codable, Hashable, Sendable {
        let client: Double
        @Explicit var server: Double?
    }

    /// By what is measured, from the beginning of a request.
    struct Latencies: Codable, Hashable, Sendable {
        @Explicit var connect: Latency?
        @Explicit var firstByte: Latency?
        @Explicit var total: Latency?
        @Explicit var fromIntended: Latency?
        @Explicit var lag: Latency?

        enum CodingKeys: String, CodingKey {
            case connect, total, lag
            case firstByte = "first_byte"
            case fromIntended = "from_intended"
        }
    }

    enum CodingKeys: String, CodingKey {
        case attempted, completed, dropped, unfinished, connections, errors, statuses, seconds
        case series, states, counters, interrupted, void, settings
        case errorsByStage = "errors_by_stage"
        case bytesReceived = "received_bytes"
        case ratePerSecond = "rate_per_second"
        case cpuSeconds = "cpu_seconds"
        case latencySeconds = "latency_seconds"
        case seriesSeconds = "series_step_seconds"
        case serverErrors = "server_errors"
    }

    package init(_ plan: LoadPlan, _ result: LoadResult) {
        attempted = result.attempted
        completed = result.completed
        dropped = result.dropped
        unfinished = result.unfinished
        connections = result.connections
        errors = result.errors
        errorsByStage = result.errorsByStage
        statuses = result.statuses
        bytesReceived = result.bytesReceived
        seconds = result.seconds
        ratePerSecond = result.ratePerSecond
        cpuSeconds = CPU(client: result.clientCPUSeconds, server: result.serverCPUSeconds)
        latencySeconds = Latencies(
            connect: result.connect, firstByte: result.firstByte, total: result.total,
            fromIntended: result.fromIntended, lag: result.lag)
        series = result.series
        seriesSeconds = result.seriesSeconds
        var states: [String: StateCounts] = [:]
        states["client"] = result.clientStates
        states["server"] = result.serverStates
        self.states = states
        counters =
            result.clientStates == nil
            ? [:] : ["client": result.clientCounters, "server": result.serverCounters]
        serverErrors = result.serverErrors
        interrupted = result.wasInterrupted
        _void = Explicit(wrappedValue: result.void)
        settings = LoadSettingsJSON(plan)
    }
}
