import Model

extension KernelCounter {
    /// The gauges of /proc/net/sockstat.
    static let sockets: [KernelCounter] = [
        KernelCounter(
            "sockstat.TCP", "inuse",
            meaning: "TCP sockets of this namespace without those in TIME_WAIT.",
            reading: "Open connections and listeners.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "orphan",
            meaning: "Sockets of the whole host that no process has open and that still send.",
            reading: "Compare with tcp_max_orphans.",
            myth: "It counts this namespace only, or includes TIME_WAIT.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "tw",
            meaning: "TIME_WAIT and orphaned FIN_WAIT2 sockets of this namespace.",
            reading: """
                Compare with tcp_max_tw_buckets. The ports to one destination matter, not this \
                number.
                """,
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "alloc",
            meaning: "TCP sockets of the whole host that exist in memory.",
            reading: """
                If it is far above inuse: other namespaces, or closed sockets that are not yet \
                freed.
                """,
            myth: "It counts this namespace only.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "mem",
            meaning: "Pages in TCP buffers on the whole host.",
            reading: "Compare with the three values of tcp_mem.",
            myth: "It is in bytes or KiB.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.sockets", "used",
            meaning: "Sockets of all types in this namespace.",
            reading: """
                If it is far above the TCP sockets: UDP, Unix sockets, or sockets that are bound \
                and not connected.
                """,
            source: ["net/socket.c:socket_seq_show"]),
        KernelCounter(
            "sockstat.UDP", "inuse",
            meaning: "UDP sockets of this namespace.",
            reading: "Programs use UDP.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.UDP", "mem",
            meaning: "Pages in UDP buffers on the whole host.",
            reading: "Compare with udp_mem.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.UDPLITE", "inuse",
            meaning: "UDP-Lite sockets of this namespace.",
            reading: "Rarely in use.",
            until: KernelRelease(7, 1),
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.RAW", "inuse",
            meaning: "Raw sockets of this namespace.",
            reading: "Programs such as ping, DHCP clients and routing daemons.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.FRAG", "inuse",
            meaning: "Packets that wait for missing fragments at present.",
            reading: "See ReasmReqds.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.FRAG", "memory",
            meaning: "Bytes of fragments that are being gathered.",
            reading: "Compare with ipfrag_high_thresh.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat6.TCP6", "inuse",
            meaning: "TCP sockets over IPv6 of this namespace without those in TIME_WAIT.",
            reading: "Open connections and listeners over IPv6.",
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
        KernelCounter(
            "sockstat6.UDP6", "inuse",
            meaning: "UDP sockets over IPv6 of this namespace.",
            reading: "Programs use UDP.",
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
        KernelCounter(
            "sockstat6.UDPLITE6", "inuse",
            meaning: "UDP-Lite sockets over IPv6 of this namespace.",
            reading: "Rarely in use.",
            until: KernelRelease(7, 1),
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
        KernelCounter(
            "sockstat6.RAW6", "inuse",
            meaning: "Raw sockets over IPv6 of this namespace.",
            reading: "Programs such as ping and routing daemons.",
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
        KernelCounter(
            "sockstat6.FRAG6", "inuse",
            meaning: "IPv6 packets that wait for missing fragments at present.",
            reading: "See ReasmReqds.",
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
        KernelCounter(
            "sockstat6.FRAG6", "memory",
            meaning: "Bytes of IPv6 fragments that are being gathered.",
            reading: "Compare with ip6frag_high_thresh.",
            source: ["net/ipv6/proc.c:sockstat6_seq_show"]),
    ]
}
