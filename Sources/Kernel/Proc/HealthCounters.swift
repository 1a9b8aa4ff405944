import Model

/// The counters that tell whether connections suffer, of this thread's namespace.
package struct HealthCounters: Sendable, Hashable {
    /// `TcpExt.ListenOverflows`: connections that found the accept queue full.
    package var overflows: Int64
    /// `Tcp.AttemptFails`: connections that never came about.
    package var failures: Int64
    /// `Tcp.RetransSegs`.
    package var retransmitted: Int64
    /// `Tcp.OutSegs`.
    package var sent: Int64

    package init(overflows: Int64, failures: Int64, retransmitted: Int64, sent: Int64) {
        self.overflows = overflows
        self.failures = failures
        self.retransmitted = retransmitted
        self.sent = sent
    }

    package static func read() throws(KernelError) -> HealthCounters {
        var counters = Counters()
        for path in [NetSNMP.path, NetSNMP.netstatPath] {
            let bytes = try NetDirectory.bytes(path, root: .host)
            NetSNMP.parse(bytes.span, into: &counters)
        }
        return HealthCounters(
            overflows: counters["TcpExt", "ListenOverflows"] ?? 0,
            failures: counters["Tcp", "AttemptFails"] ?? 0,
            retransmitted: counters["Tcp", "RetransSegs"] ?? 0,
            sent: counters["Tcp", "OutSegs"] ?? 0)
    }

    package func since(_ earlier: HealthCounters) -> HealthCounters {
        HealthCounters(
            overflows: overflows - earlier.overflows, failures: failures - earlier.failures,
            retransmitted: retransmitted - earlier.retransmitted, sent: sent - earlier.sent)
    }
}
