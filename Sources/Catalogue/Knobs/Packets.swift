extension Knob {
    /// What handles packets before any protocol does.
    static let packets: [Knob] = [
        .other(
            "net.core.bpf_jit_enable", .bpf, initial: [1], scope: .host,
            "Compiles BPF programs to machine code.", "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.bpf_jit_harden", .bpf, initial: [0], scope: .host,
            "Hardens that code against spraying, at a loss of speed.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.bpf_jit_kallsyms", .bpf, initial: [1], scope: .host,
            "Names that code for profilers.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.bpf_jit_limit", .bpf, unit: .bytes, scope: .host,
            "The memory for that code of unprivileged users.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.bypass_prot_mem", .packets, initial: [0],
            "Does not count new sockets in their protocol's memory.",
            "net/core/sysctl_net_core.c:netns_core_table"),
        .other(
            "net.core.dev_weight_rx_bias", .packets, initial: [1], scope: .host,
            "Multiplies dev_weight for receiving.", "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.dev_weight_tx_bias", .packets, initial: [1], scope: .host,
            "Multiplies dev_weight for sending.", "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.devconf_inherit_init_net", .namespaces, initial: [0], scope: .host,
            "Where a new network namespace takes its conf values from.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.fb_tunnels_only_for_init_net", .namespaces, initial: [0], scope: .host,
            "Whether new namespaces get fallback tunnel devices.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.flow_limit_cpu_bitmap", .packets, type: .word, scope: .host,
            "Which processors drop the packets of one large flow first when their backlog fills.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.flow_limit_table_len", .packets, initial: [4096], unit: .entries,
            scope: .host,
            "Slots of the table of such flows.", "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.gro_normal_batch", .packets, initial: [8], unit: .packets, scope: .host,
            "How many packets the kernel passes up the stack at once.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.high_order_alloc_disable", .packets, initial: [0], scope: .host,
            "Allocates buffers in single pages.", "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.max_skb_frags", .packets, initial: [17], scope: .host,
            "The maximum number of memory fragments of one packet.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.mem_pcpu_rsv", .packets, unit: .pages, scope: .host,
            "How many pages of socket memory a processor keeps in reserve.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.message_burst", .packets, initial: [10], scope: .host,
            "How many warnings the network code logs at once.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.message_cost", .packets, initial: [5], unit: .seconds, scope: .host,
            "The pause between such warnings; 0 logs them all.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.netdev_rss_key", .packets, type: .word, scope: .host,
            "The key with which network cards spread packets over queues.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.netdev_tstamp_prequeue", .packets, initial: [1], scope: .host,
            "Timestamps packets before the kernel queues them to another processor.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.netdev_unregister_timeout_secs", .packets, initial: [10], unit: .seconds,
            scope: .host,
            "After how long the kernel logs a device that it cannot remove.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.qdisc_max_burst", .packets, initial: [1000], unit: .packets,
            "How many packets may wait for a busy queueing discipline.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.rps_default_mask", .packets, type: .word,
            "The processors that new queues spread packets over.",
            "net/core/sysctl_net_core.c:netns_core_table"),
        .other(
            "net.core.rps_sock_flow_entries", .packets, initial: [0], unit: .entries, scope: .host,
            "Slots of the table that leads a packet to the processor of its program (RFS); 0 is off, and each queue needs its rps_flow_cnt too.",
            "net/core/sysctl_net_core.c:rps_sock_flow_sysctl"),
        .other(
            "net.core.skb_defer_max", .packets, unit: .packets, scope: .host,
            "How many packets wait to be freed by the processor that made them.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.tstamp_allow_data", .packets, initial: [1],
            """
            Allows programs to read packets back with their send timestamps; up to Linux 6.12 for \
            the whole host.
            """,
            "net/core/sysctl_net_core.c:netns_core_table"),
        .other(
            "net.core.txq_reselection_ms", .packets, initial: [1000], unit: .milliseconds,
            "How long a connection keeps its send queue at least.",
            "net/core/sysctl_net_core.c:netns_core_table"),
        .other(
            "net.core.txrehash", .packets, initial: [1],
            "A connection that retransmits takes another path through a new hash.",
            "include/net/sock.h:sk_rethink_txhash"),
        .other(
            "net.core.warnings", .packets, initial: [0], scope: .host,
            "It once switched warnings of the network code off; nothing reads it now.",
            "net/core/sysctl_net_core.c:net_core_table"),
        .other(
            "net.core.xfrm_acq_expires", .ipsec, initial: [30], unit: .seconds,
            "How long IPsec waits for a key.", "net/xfrm/xfrm_sysctl.c:xfrm_table"),
        .other(
            "net.core.xfrm_aevent_etime", .ipsec, initial: [10],
            "How often IPsec reports its state, in tenths of a second.",
            "net/xfrm/xfrm_sysctl.c:xfrm_table"),
        .other(
            "net.core.xfrm_aevent_rseqth", .ipsec, initial: [2], unit: .packets,
            "After how many packets IPsec reports its state.", "net/xfrm/xfrm_sysctl.c:xfrm_table"),
        .other(
            "net.core.xfrm_larval_drop", .ipsec, initial: [1],
            "Drops packets while IPsec waits for a key.",
            "net/xfrm/xfrm_sysctl.c:xfrm_table"),
    ]
}
