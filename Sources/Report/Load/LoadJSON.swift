package import Model
import Statistics

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
    /// Of HTTP; nil in documents of earlier versions.
    let bodyBytes: Int?
    let seconds: Double
    let ratePerSecond: Double
    let cpuSeconds: CPU
    /// What kept the program from running; nil in documents of earlier versions.
    let hindrance: Hindrance?
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
    let settings: LoadSettings
    /// Nil without TLS.
    let tls: TLS?
    /// Each of several runs; nil of a single one.
    let runs: [LoadRunJSON]?

    /// How long the program could not run.
    struct Hindrance: Codable, Hashable, Sendable {
        /// Of its threads, together; nil where this kernel does not tell.
        @Explicit var clientWaited: Double?
        @Explicit var serverWaited: Double?
        @Explicit var throttled: Double?
        @Explicit var stealRatio: Double?

        init(_ result: LoadResult) {
            _clientWaited = Explicit(wrappedValue: result.waitedSeconds)
            _serverWaited = Explicit(wrappedValue: result.serverWaitedSeconds)
            _throttled = Explicit(wrappedValue: result.throttledSeconds)
            _stealRatio = Explicit(wrappedValue: result.stealRatio)
        }

        enum CodingKeys: String, CodingKey {
            case clientWaited = "client_waited_seconds"
            case serverWaited = "server_waited_seconds"
            case throttled = "throttled_seconds"
            case stealRatio = "steal_ratio"
        }
    }

    /// What handshakes came to.
    struct TLS: Codable, Hashable, Sendable {
        @Explicit var library: String?
        let handshakes: Int
        let handshakesPerSecond: Double
        let resumed: Int
        /// By version and cipher.
        let agreed: [String: Int]
        /// By what was found of the server's certificate: `ok`.
        let verified: [String: Int]
        /// By the library's words.
        let failures: [String: Int]

        init?(_ result: LoadResult) {
            guard let tls = result.tls else { return nil }
            _library = Explicit(wrappedValue: result.tlsLibrary)
            handshakes = tls.handshakes
            handshakesPerSecond =
                result.seconds > 0 ? Double(tls.handshakes) / result.seconds : 0
            resumed = tls.resumed
            agreed = tls.agreed
            verified = tls.verified
            failures = tls.failures
        }

        enum CodingKeys: String, CodingKey {
            case library, handshakes, resumed, agreed, verified, failures
            case handshakesPerSecond = "handshakes_per_second"
        }
    }

    /// Of processors, by side.
    struct CPU: Codable, Hashable, Sendable {
        let client: Double
        @Explicit var server: Double?
    }

    /// By what is measured, from the beginning of a request.
    struct Latencies: Codable, Hashable, Sendable {
        @Explicit var connect: Latency?
        /// Of TLS, from when the connection is there.
        @Explicit var handshake: Latency?
        @Explicit var firstByte: Latency?
        @Explicit var total: Latency?
        @Explicit var fromIntended: Latency?
        @Explicit var lag: Latency?

        /// Those that were measured.
        var all: [Latency] {
            [connect, handshake, firstByte, total, fromIntended, lag].compactMap(\.self)
        }

        enum CodingKeys: String, CodingKey {
            case connect, handshake, total, lag
            case firstByte = "first_byte"
            case fromIntended = "from_intended"
        }
    }

    enum CodingKeys: String, CodingKey {
        case attempted, completed, dropped, unfinished, connections, errors, statuses, seconds
        case series, states, counters, interrupted, void, settings, runs, hindrance, tls
        case errorsByStage = "errors_by_stage"
        case bytesReceived = "received_bytes"
        case bodyBytes = "body_bytes"
        case ratePerSecond = "rate_per_second"
        case cpuSeconds = "cpu_seconds"
        case latencySeconds = "latency_seconds"
        case seriesSeconds = "series_step_seconds"
        case serverErrors = "server_errors"
    }

    /// - Parameter runs: one at least; of several, all they have in common is told by their medians and sums.
    package init(_ settings: LoadSettings, runs: [LoadResult]) {
        self.init(
            settings, LoadResult.of(runs: runs),
            runs: runs.count > 1
                ? runs.enumerated().map {
                    LoadRunJSON($0.element, seed: settings.seed &+ UInt64($0.offset))
                } : nil)
    }

    package init(_ settings: LoadSettings, _ result: LoadResult) {
        self.init(settings, result, runs: nil)
    }

    private init(_ settings: LoadSettings, _ result: LoadResult, runs: [LoadRunJSON]?) {
        self.runs = runs
        hindrance = Hindrance(result)
        tls = TLS(result)
        bodyBytes = result.bodyBytes
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
            connect: result.connect, handshake: result.handshake, firstByte: result.firstByte,
            total: result.total,
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
        self.settings = settings
    }
}
