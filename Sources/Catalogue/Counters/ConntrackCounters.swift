import Model

extension KernelCounter {
    /// Connection tracking: how full it is, and what it dropped.
    static let conntrack: [KernelCounter] = [
        KernelCounter(
            "nf_conntrack", "count",
            meaning: "Connections tracked in this namespace at present.",
            reading: "Compare with nf_conntrack_max.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "max",
            meaning: "The limit: nf_conntrack_max.",
            reading: """
                One value for the whole host; the kernel compares each namespace's own count with \
                it.
                """,
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "entries",
            meaning: "The same number as count; the kernel prints it once per processor.",
            reading: "Do not sum it.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "drop",
            meaning: """
                Packets dropped because no entry could be created (table full or no memory), or \
                because of a clash that could not be resolved.
                """,
            reading: "Connections are failing.",
            source: [
                "net/netfilter/nf_conntrack_core.c:nf_conntrack_in",
                "net/netfilter/nf_conntrack_core.c:nf_ct_resolve_clash",
            ]),
        KernelCounter(
            "nf_conntrack", "early_drop",
            meaning: "Entries removed early to make room in a full table.",
            reading: """
                The table is full; connections not yet assured lost their entries.
                """,
            source: ["net/netfilter/nf_conntrack_core.c:early_drop"]),
        KernelCounter(
            "nf_conntrack", "insert_failed",
            meaning: "An entry could not be inserted: another processor was first.",
            reading: """
                Two packets of one connection came at once (DNS over UDP), or NAT found no free \
                port.
                """,
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm"]),
        KernelCounter(
            "nf_conntrack", "insert",
            meaning: "Entries inserted by a helper or from user space.",
            reading: "Rarely of interest.",
            myth: "It counts all new entries.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_hash_check_insert"]),
        KernelCounter(
            "nf_conntrack", "invalid",
            meaning: "Packets that connection tracking could not assign to a connection.",
            reading: "Firewall rules that drop invalid packets break these connections.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_in"]),
        KernelCounter(
            "nf_conntrack", "found",
            meaning: "NAT looked for a free tuple and found one in use.",
            reading: "If it is high, NAT is short of ports to one destination.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_tuple_taken"]),
        KernelCounter(
            "nf_conntrack", "clashres",
            meaning: "The kernel merged two entries for one connection.",
            reading: "Two processors handled packets of one connection; the kernel resolved it.",
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
            meaning: "Lookups that had to start again because the table changed meanwhile.",
            reading: "Much churn, or a table with too few buckets.",
            source: ["net/netfilter/nf_conntrack_core.c:____nf_conntrack_find"]),
        KernelCounter(
            "nf_conntrack", "buckets",
            meaning: "Rows of the hash table: nf_conntrack_buckets.",
            reading: "With many more entries than buckets each lookup is slow.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        KernelCounter(
            "nf_conntrack", "new",
            meaning: "New entries on old kernels; current kernels print 0.",
            reading: "Nothing: use count instead.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "ignore",
            meaning: "Packets not tracked on old kernels; current kernels print 0.",
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "delete",
            meaning: "Entries removed on old kernels; current kernels print 0.",
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "delete_list",
            meaning: """
                Entries queued to be freed on old kernels; later kernels call the column \
                chainlength.
                """,
            reading: "Nothing.",
            source: ["net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show"]),
        KernelCounter(
            "nf_conntrack", "icmp_error",
            meaning: "ICMP packets that connection tracking could not use.",
            reading: "Broken or foreign ICMP errors.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_handle_icmp"]),
        KernelCounter(
            "nf_conntrack", "expect_new",
            meaning: "Connections that a helper had expected (FTP, SIP).",
            reading: "Transfers use a helper.",
            source: ["net/netfilter/nf_conntrack_core.c:init_conntrack"]),
        KernelCounter(
            "nf_conntrack", "expect_create",
            meaning: "Connections that a helper expects.",
            reading: "Transfers use a helper.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_ct_expect_insert"]),
        KernelCounter(
            "nf_conntrack", "expect_delete",
            meaning: "Expectations of helpers that were met or that expired.",
            reading: "Transfers use a helper.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_ct_unlink_expect_report"]),
    ]
}
