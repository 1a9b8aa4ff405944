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

    /// Seconds until the last of them is gone; nil where there is none.
    package static func longest() throws(KernelError) -> Double? {
        var longest: UInt32?
        try NetTCP.read(root: .host, isIPv6: false) { row in
            guard row.state == .timeWait else { return }
            longest = max(longest ?? 0, row.expires)
        }
        return longest.map { Double($0) / 1000 }
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
