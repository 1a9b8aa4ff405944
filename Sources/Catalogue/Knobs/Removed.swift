import Model

extension Knob {
    /// Sysctls that survive in copied files: removed, without effect, or never in mainline.
    static let removed: [Knob] = [
        Knob(
            "net.ipv4.tcp_tw_recycle", type: .anyInt, initial: .fixed([0]), scope: .namespace,
            until: KernelRelease(4, 12),
            meaning: """
                It dropped SYNs with a timestamp older than the last one from the same address, to \
                end TIME_WAIT early.
                """,
            myth: """
                It cures TIME_WAIT. In fact: it refused clients behind one NAT at random, and it \
                is removed.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_time_wait"]),
        Knob(
            "net.ipv4.tcp_tw_timeout", unit: .seconds, type: .integer(1...600),
            initial: .fixed([60]), scope: .namespace, vendor: "Alibaba Cloud Linux",
            meaning: "The length of TIME_WAIT, on the vendor kernels that have it.",
            myth: "Every Linux has it. In fact: in mainline the 60 s are compiled in.",
            risk: "Late segments reach a connection that reuses the ports.",
            source: ["include/net/tcp.h:TCP_TIMEWAIT_LEN"]),
        Knob(
            "net.ipv4.tcp_low_latency", type: .anyInt, initial: .fixed([0]), scope: .host,
            inertSince: KernelRelease(4, 14),
            meaning: "It chose between latency and throughput while TCP had a prequeue.",
            myth: """
                It lowers latency. In fact: the kernel keeps the file for compatibility, and \
                nothing reads it.
                """,
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_table"]),
        Knob(
            "net.ipv4.tcp_fack", type: .byte, initial: .fixed([0]), scope: .namespace,
            inertSince: KernelRelease(4, 15),
            meaning: "It switched forward acknowledgement on, a loss detection that RACK replaced.",
            myth: """
                It speeds up recovery. In fact: the kernel keeps the file for compatibility, and \
                nothing reads it.
                """,
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_net_table"]),
        Knob(
            "net.ipv4.tcp_adv_win_scale", type: .integer(-31...31), initial: .fixed([1]),
            scope: .namespace, inertSince: KernelRelease(6, 6),
            meaning:
                """
                It set the share of the receive buffer that counts as overhead; now the kernel \
                measures it per socket.
                """,
            myth:
                "It still shapes the window. In fact: nothing reads it since Linux 6.6.",
            source: ["net/ipv4/tcp_input.c:tcp_measure_rcv_mss"]),
        Knob(
            "net.ipv4.tcp_frto_response", type: .anyInt, initial: .fixed([0]), scope: .host,
            until: KernelRelease(3, 10),
            meaning: "It set what to do after a timeout proved spurious.",
            source: ["net/ipv4/tcp_input.c:tcp_process_frto"]),
        Knob(
            "net.ipv4.tcp_abc", type: .anyInt, initial: .fixed([0]), scope: .host,
            until: KernelRelease(3, 9),
            meaning:
                "It counted bytes instead of packets when the congestion window grew (RFC 3465).",
            source: ["net/ipv4/tcp_cong.c:tcp_slow_start"]),
        Knob(
            "net.ipv4.tcp_max_ssthresh", type: .anyInt, initial: .fixed([0]), scope: .host,
            until: KernelRelease(3, 13),
            meaning: "It limited slow start (RFC 3742); HyStart replaced it.",
            source: ["net/ipv4/tcp_cong.c:tcp_slow_start"]),
        Knob(
            "net.ipv4.tcp_cookie_size", type: .anyInt, initial: .fixed([0]), scope: .host,
            until: KernelRelease(3, 10),
            meaning: "It controlled TCP cookie transactions, an experiment before Fast Open.",
            source: ["net/ipv4/tcp_output.c:tcp_cookie_size_check"]),
        Knob(
            "net.ipv4.tcp_thin_dupack", type: .anyInt, initial: .fixed([0]), scope: .host,
            until: KernelRelease(4, 11),
            meaning:
                """
                It retransmitted thin streams after one duplicate acknowledgement; RACK does that \
                now.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_time_to_recover"]),
        Knob(
            "net.ipv4.ip_conntrack_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("as nf_conntrack_max"), scope: .host, until: KernelRelease(2, 6),
            meaning: "An old name of net.netfilter.nf_conntrack_max, removed in Linux 2.6.22.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.ipv4.netfilter.ip_conntrack_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("as nf_conntrack_max"), scope: .host, until: KernelRelease(4, 9),
            meaning: "An old name of net.netfilter.nf_conntrack_max.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.ipv4.netfilter.ip_conntrack_tcp_timeout_established", unit: .seconds,
            type: .secondsInJiffies, initial: .fixed([432000]), scope: .host,
            until: KernelRelease(4, 9), countsJiffies: true,
            meaning: "An old name of net.netfilter.nf_conntrack_tcp_timeout_established.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.ipv4.netfilter.ip_conntrack_tcp_timeout_time_wait", unit: .seconds,
            type: .secondsInJiffies, initial: .fixed([120]), scope: .host,
            until: KernelRelease(4, 9), countsJiffies: true,
            meaning: "An old name of net.netfilter.nf_conntrack_tcp_timeout_time_wait.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.ipv4.tcp_rx_skb_cache", type: .flag, initial: .fixed([0]), scope: .host,
            since: KernelRelease(5, 2), until: KernelRelease(5, 16),
            meaning: "It kept one received buffer with each socket for the next packet.",
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_table"]),
        Knob(
            "net.ipv4.tcp_tx_skb_cache", type: .flag, initial: .fixed([0]), scope: .host,
            since: KernelRelease(5, 2), until: KernelRelease(5, 16),
            meaning: "It kept one sent buffer with each socket for the next packet.",
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_table"]),
        Knob(
            "net.ipv4.route.max_size", unit: .entries, type: .anyInt,
            initial: .fixed([2_147_483_647]), scope: .host, inertSince: KernelRelease(3, 6),
            meaning: "The size of the IPv4 routing cache, which no longer exists.",
            myth:
                "Routers and gateways must raise it. In fact: nothing reads it since Linux 3.6.",
            source: ["net/ipv4/route.c:ipv4_route_table"]),
    ]
}
