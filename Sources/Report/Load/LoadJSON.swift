import HostState
import Lab

/// The data of `tcptune.load/1`.
struct LoadJSON: Encodable, Sendable {
    let attempted: Int
    let completed: Int
    let dropped: Int
    let unfinished: Int
    let connections: Int
    let errors: [String: Int]
    let errorsByStage: [String: [String: Int]]
    let statuses: [String: Int]
    let bytesReceived: Int
    let seconds: Double
    let ratePerSecond: Double
    let cpuSeconds: CPU
    let latencySeconds: Latencies
    let series: [String: [Int]]
    let seriesSeconds: Double
    let states: [String: StateCounts]
    let counters: [String: [String: Int64]]
    let serverErrors: [String: Int]
    let interrupted: Bool
    @Explicit var void: String?
    let settings: Settings

    struct CPU: Encodable, Sendable {
        let client: Double
        @Explicit var server: Double?
    }

    struct Latencies: Encodable, Sendable {
        @Explicit var connect: LatencyJSON?
        @Explicit var firstByte: LatencyJSON?
        @Explicit var total: LatencyJSON?
        @Explicit var fromIntended: LatencyJSON?
        @Explicit var lag: LatencyJSON?

        enum CodingKeys: String, CodingKey {
            case connect, total, lag
            case firstByte = "first_byte"
            case fromIntended = "from_intended"
        }
    }

    /// What was asked for, so that the run can be repeated.
    struct Settings: Encodable, Sendable {
        let target: [String]
        let pace: String
        @Explicit var rateFrom: Double?
        @Explicit var rateTo: Double?
        let connections: Int
        let close: String
        let requests: Int
        let ports: String
        @Explicit var sourcePorts: Int?
        let seed: UInt64

        enum CodingKeys: String, CodingKey {
            case target, pace, connections, close, requests, ports, seed
            case rateFrom = "rate_from_per_second"
            case rateTo = "rate_to_per_second"
            case sourcePorts = "source_ports"
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

    init(_ plan: LoadPlan, _ result: LoadResult) {
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
            connect: result.connect.map(LatencyJSON.init),
            firstByte: result.firstByte.map(LatencyJSON.init),
            total: result.total.map(LatencyJSON.init),
            fromIntended: result.fromIntended.map(LatencyJSON.init),
            lag: result.lag.map(LatencyJSON.init))
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
        settings = Settings(plan)
    }
}

extension LoadJSON.Settings {
    init(_ plan: LoadPlan) {
        target = plan.targetNames
        switch plan.pace {
        case .closed: pace = "closed"
        case .open(let from, let to, let spacing):
            pace = spacing.rawValue
            _rateFrom = Explicit(wrappedValue: from)
            _rateTo = Explicit(wrappedValue: to)
        }
        connections = plan.connections
        close = plan.close.rawValue
        requests = plan.requestsPerConnection
        switch plan.ports {
        case .kernel: ports = "kernel"
        case .bindFirst(let late): ports = late ? "bind-address-no-port" : "bind-first"
        case .range(let range): ports = "\(range.lowerBound)-\(range.upperBound)"
        case .ring(let size):
            ports = "ring"
            _sourcePorts = Explicit(wrappedValue: size)
        }
        seed = plan.seed
    }
}

/// A distribution of times, in seconds.
struct LatencyJSON: Encodable, Sendable {
    let count: Int
    let min: Double
    let mean: Double
    let p50: Double
    let p90: Double
    let p99: Double
    let p999: Double
    let max: Double

    init(_ latency: Latency) {
        count = latency.count
        min = latency.minimum
        mean = latency.mean
        p50 = latency.p50
        p90 = latency.p90
        p99 = latency.p99
        p999 = latency.p999
        max = latency.maximum
    }
}
