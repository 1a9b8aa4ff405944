import Histogram
import Model

/// What a client counts as it goes.
struct Tally {
    var attempted = 0
    var completed = 0
    var dropped = 0
    var connections = 0
    /// Responses of HTTP by the first digit of their status.
    var statusClasses = [Int](repeating: 0, count: 6)
    var bytesReceived = 0
    /// Of HTTP: without heads, the sizes of chunks and trailers.
    var bodyBytes = 0
    /// By stage and kind.
    private(set) var failures = [Int](
        repeating: 0, count: Failure.Stage.allCases.count * Failure.names.count)
    var connect = Tally.histogram()
    /// Of TLS, from when the connection is there.
    var handshake = Tally.histogram()
    var tls = TLSTally()
    var firstByte = Tally.histogram()
    var total = Tally.histogram()
    /// From the time at which it was to be begun: what a user of an overloaded server sees.
    var fromIntended = Tally.histogram()
    /// How much later than intended it was begun.
    var lag = Tally.histogram()
    var timeline = Timeline()
    /// The times over time, a series for each thread.
    var connectSeries = [LatencySeries()]
    var totalSeries = [LatencySeries()]
    /// Nanoseconds from the beginning to the last response.
    var lastResponse: Int64 = 0

    /// Nanoseconds, three digits, up to an hour.
    static func histogram() -> Histogram<UInt64> {
        Histogram<UInt64>(
            lowestDiscernibleValue: 100, highestTrackableValue: 3_600_000_000_000,
            numberOfSignificantValueDigits: .three)
    }

    mutating func fail(_ stage: Failure.Stage, _ kind: Int, at time: Int64) {
        failures[stage.rawValue * Failure.names.count + kind] += 1
        timeline.add(3 + kind, at: time)
    }

    mutating func attempt(at time: Int64) {
        attempted += 1
        timeline.add(0, at: time)
    }

    mutating func complete(at time: Int64) {
        completed += 1
        timeline.add(1, at: time)
        lastResponse = max(lastResponse, time)
    }

    mutating func drop(at time: Int64) {
        dropped += 1
        timeline.add(2, at: time)
    }

    /// Adds what another thread counted.
    mutating func add(_ other: Tally) {
        attempted += other.attempted
        completed += other.completed
        dropped += other.dropped
        connections += other.connections
        for index in statusClasses.indices { statusClasses[index] += other.statusClasses[index] }
        bytesReceived += other.bytesReceived
        bodyBytes += other.bodyBytes
        for index in failures.indices { failures[index] += other.failures[index] }
        connect.add(other.connect)
        handshake.add(other.handshake)
        tls.add(other.tls)
        firstByte.add(other.firstByte)
        total.add(other.total)
        fromIntended.add(other.fromIntended)
        lag.add(other.lag)
        timeline.add(other.timeline)
        connectSeries += other.connectSeries
        totalSeries += other.totalSeries
        lastResponse = max(lastResponse, other.lastResponse)
    }

    /// By stage and name, those that occurred.
    var errorsByStage: [String: [String: Int]] {
        var stages: [String: [String: Int]] = [:]
        for stage in Failure.Stage.allCases {
            for (kind, name) in Failure.names.enumerated() {
                let count = failures[stage.rawValue * Failure.names.count + kind]
                if count > 0 { stages[stage.name, default: [:]][name] = count }
            }
        }
        return stages
    }
}
