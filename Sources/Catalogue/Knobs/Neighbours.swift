extension Knob {
    /// The table of link-layer addresses, which many pods on one segment fill.
    static let neighbours: [Knob] = [
        Knob(
            "net.ipv4.neigh.default.gc_thresh1", unit: .entries, type: .nonNegativeInt,
            initial: .fixed([128]), scope: .host,
            meaning: "Below this many neighbours the kernel collects nothing.",
            source: ["net/core/neighbour.c:neigh_periodic_work"]),
        Knob(
            "net.ipv4.neigh.default.gc_thresh2", unit: .entries, type: .nonNegativeInt,
            initial: .fixed([512]), scope: .host,
            meaning:
                """
                Above this many, the kernel collects entries older than 5 s when it needs a new \
                one.
                """,
            source: ["net/core/neighbour.c:neigh_alloc"]),
        Knob(
            "net.ipv4.neigh.default.gc_thresh3", unit: .entries, type: .nonNegativeInt,
            initial: .fixed([1024]), scope: .host,
            meaning:
                """
                The maximum number of IPv4 neighbours of the host; beyond it the kernel drops \
                packets to new ones.
                """,
            risk: "Only memory.",
            source: ["net/core/neighbour.c:neigh_alloc"]),
        Knob(
            "net.ipv6.neigh.default.gc_thresh3", unit: .entries, type: .nonNegativeInt,
            initial: .fixed([1024]), scope: .host,
            meaning:
                """
                The maximum number of IPv6 neighbours of the host; beyond it the kernel drops \
                packets to new ones.
                """,
            risk: "Only memory.",
            source: ["net/core/neighbour.c:neigh_alloc"]),
    ]
}
