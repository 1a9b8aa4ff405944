import Model

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
            meaning: """
                Packets dropped because no entry could be made: table full or no memory; or \
                because of a clash that could not be resolved.
                """,
            reading: "Connections are failing now.",
            source: [
                "net/netfilter/nf_conntrack_core.c:nf_conntrack_in",
                "net/netfilter/nf_conntrack_core.c:nf_ct_resolve_clash",
            ]),
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
            source: [
                "net/netfilter/nf_conntrack_core.c:__nf_ct_resolve_clash",
                "net/netfilter/nf_conntrack_core.c:nf_ct_resolve_clash_harder",
            ]),
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
        KernelCounter(
            "nf_conntrack", "buckets",
            meaning: "Rows of the hash table: nf_conntrack_buckets.",
            reading: "With many more entries than buckets each lookup is slow.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "new",
            meaning: "Once: new entries; today's kernels print 0.",
            reading: "Nothing: use count.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "ignore",
            meaning: "Once: packets left alone; today's kernels print 0.",
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "delete",
            meaning: "Once: entries removed; today's kernels print 0.",
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "delete_list",
            meaning: """
                Once: entries put on the list to be freed; later kernels call the column \
                chainlength.
                """,
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "icmp_error",
            meaning: "ICMP packets that tracking could not use.",
            reading: "Broken or foreign ICMP errors.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_handle_icmp"]),
        KernelCounter(
            "nf_conntrack", "expect_new",
            meaning: "Connections that a helper had announced (FTP, SIP).",
            reading: "Transfers through a helper.",
            source: ["net/netfilter/nf_conntrack_core.c:init_conntrack"]),
        KernelCounter(
            "nf_conntrack", "expect_create",
            meaning: "Connections that a helper announced.",
            reading: "Transfers through a helper.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_ct_expect_insert"]),
        KernelCounter(
            "nf_conntrack", "expect_delete",
            meaning: "Announcements of helpers that were taken up or ran out.",
            reading: "Transfers through a helper.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_ct_unlink_expect_report"]),
    ]
}
