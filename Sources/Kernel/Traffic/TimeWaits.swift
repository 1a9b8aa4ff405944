import HostState

/// The TIME_WAIT sockets of the namespace that the calling thread is in.
package enum TimeWaits {
    /// How many there are, read from a counter: costs the same however many.
    ///
    /// Orphans in FIN_WAIT2 are among them (`net/ipv4/inet_timewait_sock.c:inet_twsk_alloc`).
    package static func count() throws(KernelError) -> Int {
        var counters = Counters()
        let bytes = try NetDirectory.bytes(NetSockstat.path, root: .host)
        NetSockstat.parse(bytes.span, group: "sockstat", into: &counters)
        return Int(counters["sockstat.TCP", "tw"] ?? 0)
    }

    /// Seconds from a time of ``LoadClock`` until the last of them is gone; nil where there is none.
    package static func longest(since start: Int64) throws(KernelError) -> Double? {
        var longest: Int64?
        try NetTCP.read(root: .host, isIPv6: false) { row in
            guard row.state == .timeWait else { return }
            // The walk through the table takes time, too.
            let end = LoadClock.now + Int64(row.expires) * 1_000_000
            longest = max(longest ?? end, end)
        }
        return longest.map { Double($0 - start) / 1e9 }
    }

    /// The local ports that they hold.
    package static func ports() throws(KernelError) -> Set<UInt16> {
        var ports: Set<UInt16> = []
        try NetTCP.read(root: .host, isIPv6: false) { row in
            if row.state == .timeWait { ports.insert(row.sourcePort) }
        }
        return ports
    }
}
