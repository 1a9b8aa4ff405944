import Model

/// One of several runs of a load, as it is recorded.
struct LoadRunJSON: Codable, Hashable, Sendable {
    let seed: UInt64
    let attempted: Int
    let completed: Int
    let dropped: Int
    let unfinished: Int
    let errors: [String: Int]
    let statuses: [String: Int]
    let seconds: Double
    let ratePerSecond: Double
    let cpuSeconds: LoadJSON.CPU
    let latencySeconds: LoadJSON.Latencies
    /// By side.
    let states: [String: StateCounts]
    @Explicit var void: String?

    enum CodingKeys: String, CodingKey {
        case seed, attempted, completed, dropped, unfinished, errors, statuses, seconds, states
        case void
        case ratePerSecond = "rate_per_second"
        case cpuSeconds = "cpu_seconds"
        case latencySeconds = "latency_seconds"
    }

    init(_ result: LoadResult, seed: UInt64) {
        self.seed = seed
        attempted = result.attempted
        completed = result.completed
        dropped = result.dropped
        unfinished = result.unfinished
        errors = result.errors
        statuses = result.statuses
        seconds = result.seconds
        ratePerSecond = result.ratePerSecond
        cpuSeconds = LoadJSON.CPU(client: result.clientCPUSeconds, server: result.serverCPUSeconds)
        latencySeconds = LoadJSON.Latencies(
            connect: result.connect, handshake: result.handshake, firstByte: result.firstByte,
            total: result.total,
            fromIntended: result.fromIntended, lag: result.lag)
        var states: [String: StateCounts] = [:]
        states["client"] = result.clientStates
        states["server"] = result.serverStates
        self.states = states
        _void = Explicit(wrappedValue: result.void)
    }

    /// A load that was run once, as the only run of it.
    init(only run: LoadJSON) {
        seed = run.settings.seed
        attempted = run.attempted
        completed = run.completed
        dropped = run.dropped
        unfinished = run.unfinished
        errors = run.errors
        statuses = run.statuses
        seconds = run.seconds
        ratePerSecond = run.ratePerSecond
        cpuSeconds = run.cpuSeconds
        latencySeconds = run.latencySeconds
        states = run.states
        _void = Explicit(wrappedValue: run.void)
    }

    var failed: Int { attempted - completed - dropped - unfinished }

    /// Responses that say that the request was refused or failed, of HTTP.
    var refused: Int { (statuses["4xx"] ?? 0) + (statuses["5xx"] ?? 0) }
}
