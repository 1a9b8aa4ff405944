/// What came of a run of traffic.
public struct LoadResult: Sendable {
    /// Requests that were to be made in the counted time.
    public var attempted = 0
    /// Of those, the ones whose response came whole.
    public var completed = 0
    /// Of those, the ones for which no place was free when their time came (open loop).
    public var dropped = 0
    /// Of those, the ones still under way at the end.
    public var unfinished = 0
    /// Connections that were begun.
    public var connections = 0
    /// Of the client.
    public var threads = 1
    /// By the errno's name.
    public var errors: [String: Int] = [:]
    public var errorsByStage: [String: [String: Int]] = [:]
    /// `2xx`; of HTTP only.
    public var statuses: [String: Int] = [:]
    public var bytesReceived = 0
    /// Of those, what bodies of HTTP had: without heads, the sizes of chunks and trailers.
    public var bodyBytes = 0
    /// Seconds that were counted.
    public var seconds = 0.0
    public var ratePerSecond = 0.0
    public var clientCPUSeconds = 0.0
    /// nil where the server is not ours.
    public var serverCPUSeconds: Double?
    public var serverErrors: [String: Int] = [:]
    /// How long the client's threads ran and waited for a processor in the counted time; nil where this kernel does not tell.
    public var scheduled: ThreadSchedstat?
    /// The same of the own server's threads.
    public var serverScheduled: ThreadSchedstat?
    /// Seconds for which a quota of a control group kept this program from running; nil where none tells.
    public var throttledSeconds: Double?
    /// The share of the machine's time that a hypervisor gave to others; nil where it is not told.
    public var stealRatio: Double?
    /// The share of the machine's time that all programs had, this one with them, and that nothing was done in.
    public var programsRatio: Double?
    public var idleRatio: Double?
    public var connect: Latency?
    /// Of TLS, from when the connection is there; nil without TLS.
    public var handshake: Latency?
    /// Nil without TLS.
    public var tls: TLSTally?
    /// What spoke it: `OpenSSL 3.0.19 27 Jan 2026`.
    public var tlsLibrary: String?
    public var firstByte: Latency?
    public var total: Latency?
    /// From the time at which a request was to be begun; of an open loop only.
    public var fromIntended: Latency?
    /// How much later than that it was begun; of an open loop only.
    public var lag: Latency?
    /// Counts by tenths of a second, and what was seen beside the run at the end of each; all of one length.
    public var series: [String: [Double]] = [:]
    /// Seconds a place of a series.
    public var seriesSeconds = 0.1
    /// Sockets when the run ended, before anything was taken down; nil where the namespace is not ours.
    public var clientStates: StateCounts?
    public var serverStates: StateCounts?
    /// By how much counters of `/proc/net/snmp` and `netstat` grew: `Tcp.ActiveOpens`.
    public var clientCounters: [String: Int64] = [:]
    public var serverCounters: [String: Int64] = [:]
    /// Why the numbers say nothing of the target; nil where they do.
    public var void: String?
    /// Ended before its time by a signal.
    public var wasInterrupted = false
    /// What is to be known of how it was measured.
    public var notes: [String] = []

    public init() {}

    /// The errors of a load none of whose requests was answered, most frequent first; nil where one was, or none failed.
    public var failedAltogether: String? {
        guard completed == 0, !errors.isEmpty else { return nil }
        return errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    /// Seconds for which the client's threads waited for a processor, together; nil where this kernel does not tell.
    public var waitedSeconds: Double? { scheduled.map { Double($0.waited) / 1e9 } }
    /// The same of the own server's threads.
    public var serverWaitedSeconds: Double? { serverScheduled.map { Double($0.waited) / 1e9 } }
}
