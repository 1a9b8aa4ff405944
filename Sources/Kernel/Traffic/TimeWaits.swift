import Model

/// The TIME_WAIT sockets of the namespace that the calling thread is in.
package enum TimeWaits {
    /// How many there are, read from a counter: costs the same however many.
    ///
    /// Orphans in FIN_WAIT2 are among them (`net/ipv4/inet_timewait_sock.c:inet_twsk_alloc`).
    package static func count() throws(KernelError) -> Int {
        let counters = try NetSockstat.ofThisThread()
        return Int(counters["sockstat.TCP", "tw"] ?? 0)
    }

    /// Seconds for which one of them stays; nil where there is none between these ends.
    package static func left(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> Double? {
        let row = try SocketLookup.open().row(from: source, to: destination)
        return row.flatMap { $0.state == .timeWait ? Double($0.expires) / 1000 : nil }
    }
}
