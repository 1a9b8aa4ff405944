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
            meaning: "Sockets of the whole host that no process holds and that still send.",
            reading: "Compare with tcp_max_orphans.",
            myth: "It is this namespace's, or includes TIME_WAIT.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "tw",
            meaning: "TIME_WAIT and orphaned FIN_WAIT2 sockets of this namespace.",
            reading: """
                Compare with tcp_max_tw_buckets. What matters is ports to one destination, not \
                this number.
                """,
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "alloc",
            meaning: "TCP sockets of the whole host that exist in memory.",
            reading: "Far above inuse: other namespaces, or sockets closed and not yet freed.",
            myth: "It is this namespace's.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
        KernelCounter(
            "sockstat.TCP", "mem",
            meaning: "Pages in TCP's buffers on the whole host.",
            reading: "Compare with the three values of tcp_mem.",
            myth: "It is in bytes or KiB.",
            source: ["net/ipv4/proc.c:sockstat_seq_show"]),
    ]
}
