extension Knob {
    /// Settings of the tables of link-layer addresses, of an interface or by default.
    static let neighbourDetails: [Knob] = [
        .other(
            "net.*.neigh.*.anycast_delay", .neighbours, initial: [100],
            """
            The longest delay, in ticks of 10 ms, before the host answers an anycast solicitation.
            """,
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.app_solicit", .neighbours, initial: [0],
            "How many probes go to a program before multicast.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.ucast_solicit", .neighbours, initial: [3],
            "How many unicast probes the kernel sends before it gives up an entry.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.mcast_solicit", .neighbours, initial: [3],
            "How many multicast probes the kernel sends before an address counts as unreachable.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.mcast_resolicit", .neighbours, initial: [0],
            "How many multicast probes follow unanswered unicast ones.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.base_reachable_time", .neighbours, initial: [30], unit: .seconds,
            "About how long an entry counts as reachable after it was confirmed.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.base_reachable_time_ms", .neighbours, initial: [30000],
            unit: .milliseconds,
            "About how long an entry counts as reachable after it was confirmed.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.delay_first_probe_time", .neighbours, initial: [5], unit: .seconds,
            "The pause before the kernel probes a stale entry in use.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_interval", .neighbours, initial: [30], unit: .seconds, scope: .host,
            "How often the kernel cleans the table up.", "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_stale_time", .neighbours, initial: [60], unit: .seconds,
            "How long the kernel keeps an unused entry, once the table has gc_thresh1 entries.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_thresh1", .neighbours, initial: [128], unit: .entries, scope: .host,
            "Below this many neighbours the kernel collects nothing.",
            "net/core/neighbour.c:neigh_periodic_work"),
        .other(
            "net.*.neigh.*.gc_thresh2", .neighbours, initial: [512], unit: .entries, scope: .host,
            "Above this many, the kernel collects entries older than 5 s when it needs a new one.",
            "net/core/neighbour.c:neigh_alloc"),
        .other(
            "net.*.neigh.*.gc_thresh3", .neighbours, initial: [1024], unit: .entries, scope: .host,
            "The maximum number of neighbours; beyond it the kernel drops packets to new ones.",
            "net/core/neighbour.c:neigh_alloc"),
        .other(
            "net.*.neigh.*.interval_probe_time_ms", .neighbours, initial: [5000],
            unit: .milliseconds, "How often the kernel probes a neighbour that it keeps alive.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.locktime", .neighbours,
            """
            How long, in ticks of 10 ms, a second answer does not overwrite an entry: 100 for ARP, \
            0 for IPv6, which ignores it.
            """,
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.proxy_delay", .neighbours, initial: [80],
            "The longest delay, in ticks of 10 ms, before a proxy answers.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.proxy_qlen", .neighbours, initial: [64],
            "How many answers of a proxy may wait.", "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.retrans_time", .neighbours,
            "The pause between probes, in ticks of 10 ms for ARP and in jiffies for IPv6; retrans_time_ms has it in milliseconds.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.retrans_time_ms", .neighbours, initial: [1000], unit: .milliseconds,
            "The pause between probes.", "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.unres_qlen", .neighbours, initial: [101], unit: .packets,
            "How many packets may wait for an unresolved neighbour; the kernel drops the rest.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.unres_qlen_bytes", .neighbours, initial: [212992], unit: .bytes,
            "The same, in bytes, which is what the kernel counts.",
            "net/core/neighbour.c:neigh_sysctl_table"),
    ]
}
