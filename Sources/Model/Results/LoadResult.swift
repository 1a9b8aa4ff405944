/// What came of a run of traffic.
package struct LoadResult: Sendable {
    /// Requests that were to be made in the counted time.
    package var attempted = 0
    /// Of those, the ones whose response came whole.
    package var completed = 0
    /// Of those, the ones for which no place was free when their time came (open loop).
    package var dropped = 0
    /// Of those, the ones still under way at the end.
    package var unfinished = 0
    /// Connections that were begun.
    package var connections = 0
    /// Of the client.
    package var threads = 1
    /// By the errno's name.
    package var errors: [String: Int] = [:]
    package var errorsByStage: [String: [String: Int]] = [:]
    /// `2xx`; of HTTP only.
    package var statuses: [String: Int] = [:]
    package var bytesReceived = 0
    /// Of those, what bodies of HTTP had: without heads, the sizes of chunks and trailers.
    package var bodyBytes = 0
    /// Seconds that were counted.
    package var seconds = 0.0
    package var ratePerSecond = 0.0
    package var clientCPUSeconds = 0.0
    /// nil where the server is not ours.
    package var serverCPUSeconds: Double?
    package var serverErrors: [String: Int] = [:]
    /// How long the client's threads ran and waited for a processor in the counted time; nil where this kernel does not tell.
    package var scheduled: ThreadSchedstat?
    /// The same of the own server's threads.
    package var serverScheduled: ThreadSchedstat?
    /// Seconds for which a quota of a control group kept this program from running; nil where none tells.
    package var throttledSeconds: Double?
    /// The share of the machine's time that a hypervisor gave to others; nil where it is not told.
    package var stealRatio: Double?
    /// The share of the machine's time that all programs had, this one with them, and that nothing was done in.
    package var programsRatio: Double?
    package var idleRatio: Double?
    package var connect: Latency?
    /// Of TLS, from when the connection is there; nil without TLS.
    package var handshake: Latency?
    /// Nil without TLS.
    package var tls: TLSTally?
    /// What spoke it: `OpenSSL 3.0.19 27 Jan 2026`.
    package var tlsLibrary: String?
    package var firstByte: Latency?
    package var total: Latency?
    /// From the time at which a request was to be begun; of an open loop only.
    package var fromIntended: Latency?
    /// How much later than that it was begun; of an open loop only.
    package var lag: Latency?
    /// Counts by tenths of a second, and what was seen beside the run at the end of each; all of one length.
    package var series: [String: [Double]] = [:]
    /// Seconds a place of a series.
    package var seriesSeconds = 0.1
    /// Sockets when the run ended, before anything was taken down; nil where the namespace is not ours.
    package var clientStates: StateCounts?
    package var serverStates: StateCounts?
    /// By how much counters of `/proc/net/snmp` and `netstat` grew: `Tcp.ActiveOpens`.
    package var clientCounters: [String: Int64] = [:]
    package var serverCounters: [String: Int64] = [:]
    /// Why the numbers say nothing of the target; nil where they do.
    package var void: String?
    /// Ended before its time by a signal.
    package var wasInterrupted = false
    /// What is to be known of how it was measured.
    package var notes: [String] = []

    package init() {}

    /// The errors of a load none of whose requests was answered, most frequent first; nil where one was, or none failed.
    package var failedAltogether: String? {
        guard completed == 0, !errors.isEmpty else { return nil }
        return errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    /// Seconds for which the client's threads waited for a processor, together; nil where this kernel does not tell.
    package var waitedSeconds: Double? { scheduled.map { Double($0.waited) / 1e9 } }
    /// The same of the own server's threads.
    package var serverWaitedSeconds: Double? { serverScheduled.map { Double($0.waited) / 1e9 } }
}
