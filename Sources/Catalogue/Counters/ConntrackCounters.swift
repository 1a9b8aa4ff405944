extension KernelCounter {
    /// Connection tracking: its fill, and what it lost.
    static let conntrack: [KernelCounter] = [
        KernelCounter(
            "nf_conntrack", "count",
            meaning: "Tracked connections of this namespace, now.",
            reading: "Compare with nf_conntrack_max.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "max",
            meaning: "The limit: nf_conntrack_max.",
            reading: "One value for the host, compared with each namespace's own count.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "entries",
            meaning: "The same as count, printed once for each processor.",
            reading: "It must not be summed.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "drop",
            meaning: "Packets dropped because no entry could be made: table full or no memory.",
            reading: "Connections are failing now.",
            source: ["net/netfilter/nf_conntrack_core.c:init_conntrack"]),
        KernelCounter(
            "nf_conntrack", "early_drop",
            meaning: "Entries thrown out early to make room in a full table.",
            reading: """
                The table is full; connections that were not yet assured lost their entry.
                """,
            source: ["net/netfilter/nf_conntrack_core.c:early_drop"]),
        KernelCounter(
            "nf_conntrack", "insert_failed",
            meaning: "An entry could not be put in: another processor was first.",
            reading: """
                Two packets of one connection at once: DNS over UDP, or NAT that found no free \
                port.
                """,
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm"]),
        KernelCounter(
            "nf_conntrack", "insert",
            meaning: "Entries put in by a helper or from user space.",
            reading: "Rarely of interest.",
            myth: "It counts all new entries.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_hash_check_insert"]),
        KernelCounter(
            "nf_conntrack", "invalid",
            meaning: "Packets that tracking could not place.",
            reading: "Rules that drop invalid packets will break these connections.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_in"]),
        KernelCounter(
            "nf_conntrack", "found",
            meaning: "NAT looked for a free tuple and found one taken.",
            reading: "Many: NAT is short of ports to one destination.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_tuple_taken"]),
        KernelCounter(
            "nf_conntrack", "clashres",
            meaning: "Two entries for one connection that were merged.",
            reading: "Packets of one connection on two processors; resolved.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_ct_resolve_clash"]),
        KernelCounter(
            "nf_conntrack", "chainlength",
            meaning: "Inserts refused because a chain of the table was too long.",
            reading: "The table has too few buckets.",
            since: KernelRelease(5, 15),
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm"]),
        KernelCounter(
            "nf_conntrack", "search_restart",
            meaning: "Lookups that had to start over because the table changed beneath them.",
            reading: "Much churn, or a table with too few buckets.",
            source: ["net/netfilter/nf_conntrack_core.c:____nf_conntrack_find"]),
    ]
}
