package import Model

/// What is counted of the TCP sockets of a namespace, without a walk through them.
///
/// The walk goes through the table of all namespaces, which takes long on a host with many sockets.
package struct SocketTotals: Sendable {
    /// Sockets but for TIME_WAIT, listeners among them.
    package var inUse: Int
    /// TIME_WAIT, and orphans in FIN_WAIT2 (`net/ipv4/inet_timewait_sock.c:inet_twsk_alloc`).
    package var timeWaits: Int
    package var counters: Counters

    /// Takes them in the namespace of the calling thread.
    package static func take() throws(KernelError) -> SocketTotals {
        let counters = CounterFiles.read(root: .host).0
        guard let inUse = counters["sockstat.TCP", "inuse"],
            let waits = counters["sockstat.TCP", "tw"]
        else { throw KernelError.absent("read", NetSockstat.path, detail: "it has no line TCP") }
        // TIME_WAIT of both families is on the first line (net/ipv4/proc.c:sockstat_seq_show).
        let ofIPv6 = counters["sockstat6.TCP6", "inuse"] ?? 0
        return SocketTotals(
            inUse: Int(inUse + ofIPv6), timeWaits: Int(waits), counters: counters)
    }

    /// By how much a counter grew; a name that the kernel does not report counts nothing.
    package func growth(_ group: String, _ name: String, since earlier: SocketTotals) -> Int64 {
        (counters[group, name] ?? 0) - (earlier.counters[group, name] ?? 0)
    }
}
