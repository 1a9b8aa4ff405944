extension Knob {
    /// Settings of the tables of link-layer addresses, of an interface or by default.
    static let neighbourDetails: [Knob] = [
        .other(
            "net.*.neigh.*.anycast_delay", .neighbours, initial: [100],
            "The longest delay, in ticks of 10 ms, before an anycast solicitation is answered.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.app_solicit", .neighbours, initial: [0],
            "How many probes go to a program before multicast.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.ucast_solicit", .neighbours, initial: [3],
            "How many unicast probes are sent before an entry is given up.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.mcast_solicit", .neighbours, initial: [3],
            "How many multicast probes are sent before an address counts as unreachable.",
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
            "The pause before a stale entry in use is probed.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_interval", .neighbours, initial: [30], unit: .seconds, scope: .host,
            "How often the table is looked through.", "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_stale_time", .neighbours, initial: [60], unit: .seconds,
            "How long an unused entry is kept, once the table holds gc_thresh1.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.gc_thresh1", .neighbours, initial: [128], unit: .entries, scope: .host,
            "Below this many neighbours nothing is collected.",
            "net/core/neighbour.c:neigh_periodic_work"),
        .other(
            "net.*.neigh.*.gc_thresh2", .neighbours, initial: [512], unit: .entries, scope: .host,
            "Above this many, entries older than 5 s are collected when a new one is wanted.",
            "net/core/neighbour.c:neigh_alloc"),
        .other(
            "net.*.neigh.*.gc_thresh3", .neighbours, initial: [1024], unit: .entries, scope: .host,
            "The most neighbours; beyond it packets to new ones are dropped.",
            "net/core/neighbour.c:neigh_alloc"),
        .other(
            "net.*.neigh.*.interval_probe_time_ms", .neighbours, initial: [5000],
            unit: .milliseconds, "How often a neighbour that is kept alive is probed.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.locktime", .neighbours,
            "How long, in ticks of 10 ms, an entry is not overwritten by a second answer: 100 for ARP, 0 for IPv6, which heeds none.",
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
            "How many packets wait for an unresolved neighbour; the rest is dropped.",
            "net/core/neighbour.c:neigh_sysctl_table"),
        .other(
            "net.*.neigh.*.unres_qlen_bytes", .neighbours, initial: [212992], unit: .bytes,
            "The same, in bytes, which is what the kernel counts.",
            "net/core/neighbour.c:neigh_sysctl_table"),
    ]
}
