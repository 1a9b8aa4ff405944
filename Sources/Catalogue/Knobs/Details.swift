import Model

extension Knob {
    /// Details of TCP that hardly anybody needs to change, so that no TCP sysctl of the kernel is unknown here.
    static let details: [Knob] = [
        Knob(
            "net.ipv4.tcp_available_ulp", type: .word,
            initial: .computed("those loaded, such as tls"),
            scope: .host, since: KernelRelease(4, 13), isReadOnly: true,
            meaning: "Protocols that a program may put on top of a TCP socket, such as tls.",
            source: ["net/ipv4/tcp_ulp.c:tcp_get_available_ulp"]),
        Knob(
            "net.ipv4.tcp_backlog_ack_defer", type: .flag, initial: .fixed([1]), scope: .namespace,
            since: KernelRelease(6, 7),
            meaning:
                """
                Sends one acknowledgement for all segments that waited while a program used the \
                socket.
                """,
            source: ["net/ipv4/tcp_input.c:__tcp_ack_snd_check"]),
        Knob(
            "net.ipv4.tcp_comp_sack_delay_ns", type: .unsignedLong, initial: .fixed([1_000_000]),
            scope: .namespace, since: KernelRelease(4, 18),
            meaning: "How long, in nanoseconds, selective acknowledgements may wait to be merged.",
            source: ["net/ipv4/tcp_input.c:__tcp_ack_snd_check"]),
        Knob(
            "net.ipv4.tcp_comp_sack_slack_ns", type: .unsignedLong,
            initial: .changed([
                (since: KernelRelease(6, 19), value: [10_000]), (since: nil, value: [100_000]),
            ]),
            scope: .namespace, since: KernelRelease(5, 8),
            meaning: "How much later, in nanoseconds, that timer may run.",
            source: ["net/ipv4/tcp_input.c:__tcp_ack_snd_check"]),
        Knob(
            "net.ipv4.tcp_comp_sack_rtt_percent", type: .integer(1...1000), initial: .fixed([33]),
            scope: .namespace, since: KernelRelease(6, 19),
            meaning:
                "How long, in per cent of the round trip, selective acknowledgements may wait to be merged.",
            source: ["net/ipv4/tcp_input.c:__tcp_ack_snd_check"]),
        Knob(
            "net.ipv4.tcp_early_demux", type: .byte, initial: .fixed([1]), scope: .namespace,
            since: KernelRelease(4, 12),
            meaning: "Looks for the socket before the route, which saves the route lookup.",
            risk: "On a pure router the extra lookup costs time for nothing.",
            source: ["net/ipv4/ip_input.c:ip_rcv_finish_core"]),
        Knob(
            "net.ipv4.tcp_ecn_option", type: .integer(0...2), initial: .fixed([2]),
            scope: .namespace, since: KernelRelease(6, 18),
            meaning:
                """
                How often the kernel sends the accurate ECN option: 0 never, 1 on change, 2 as \
                needed.
                """,
            source: ["include/net/tcp_ecn.h:tcp_accecn_option_beacon_check"]),
        Knob(
            "net.ipv4.tcp_ecn_option_beacon", type: .integer(0...3), initial: .fixed([3]),
            scope: .namespace, since: KernelRelease(6, 18),
            meaning: "How many accurate ECN options the kernel sends per round trip at least.",
            source: ["include/net/tcp_ecn.h:tcp_accecn_option_beacon_check"]),
        Knob(
            "net.ipv4.tcp_fwmark_accept", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: "An accepted connection takes the packet mark of its SYN.",
            source: ["include/net/inet_sock.h:inet_request_mark"]),
        Knob(
            "net.ipv4.tcp_l3mdev_accept", type: .flag, initial: .fixed([0]), scope: .namespace,
            meaning:
                "A listener without a device also accepts connections that come through a VRF.",
            source: ["include/net/inet_sock.h:inet_request_bound_dev_if"]),
        Knob(
            "net.ipv4.tcp_min_rtt_wlen", unit: .seconds, type: .integer(0...86400),
            initial: .fixed([300]), scope: .namespace, since: KernelRelease(4, 4),
            meaning: "How long the kernel uses the shortest round trip it has seen.",
            source: ["net/ipv4/tcp_input.c:tcp_update_rtt_min"]),
        Knob(
            "net.ipv4.tcp_mtu_probe_floor", unit: .bytes, type: .integer(48...65535),
            initial: .fixed([48]), scope: .namespace, since: KernelRelease(5, 4),
            meaning: "The smallest segment size that MTU probing goes down to.",
            source: ["net/ipv4/tcp_timer.c:tcp_mtu_probing"]),
        Knob(
            "net.ipv4.tcp_probe_interval", unit: .seconds, type: .integer(0...42_949_672),
            initial: .fixed([600]), scope: .namespace, since: KernelRelease(4, 1),
            countsJiffies: true,
            meaning: "How often MTU probing tries a larger size again.",
            source: ["net/ipv4/tcp_output.c:tcp_mtu_check_reprobe"]),
        Knob(
            "net.ipv4.tcp_probe_threshold", unit: .bytes, type: .anyInt, initial: .fixed([8]),
            scope: .namespace, since: KernelRelease(4, 1),
            meaning: "MTU probing stops when its search is narrower than this.",
            source: ["net/ipv4/tcp_output.c:tcp_mtu_probe"]),
        Knob(
            "net.ipv4.tcp_no_ssthresh_metrics_save", type: .flag, initial: .fixed([1]),
            scope: .namespace, since: KernelRelease(5, 6),
            meaning: "1: a closing connection saves no ssthresh for the next one.",
            source: ["net/ipv4/tcp_metrics.c:tcp_update_metrics"]),
        Knob(
            "net.ipv4.tcp_pingpong_thresh", type: .integer(1...255), initial: .fixed([1]),
            scope: .namespace, since: KernelRelease(6, 7),
            meaning:
                "After how many exchanges a connection counts as interactive and delays its ACKs.",
            source: ["include/net/inet_connection_sock.h:inet_csk_in_pingpong_mode"]),
        Knob(
            "net.ipv4.tcp_plb_enabled", type: .flag, initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(6, 2),
            meaning:
                """
                Moves a congested IPv6 connection to another path with a new flow label (with \
                DCTCP).
                """,
            source: ["net/ipv4/tcp_plb.c:tcp_plb_check_rehash"]),
        Knob(
            "net.ipv4.tcp_plb_idle_rehash_rounds", type: .integer(0...31), initial: .fixed([3]),
            scope: .namespace, since: KernelRelease(6, 2),
            meaning: "After how many congested rounds an idle connection moves.",
            source: ["net/ipv4/tcp_plb.c:tcp_plb_check_rehash"]),
        Knob(
            "net.ipv4.tcp_plb_rehash_rounds", type: .integer(0...31), initial: .fixed([12]),
            scope: .namespace, since: KernelRelease(6, 2),
            meaning: "After how many congested rounds a busy connection moves.",
            source: ["net/ipv4/tcp_plb.c:tcp_plb_check_rehash"]),
        Knob(
            "net.ipv4.tcp_plb_suspend_rto_sec", unit: .seconds, type: .byte, initial: .fixed([60]),
            scope: .namespace, since: KernelRelease(6, 2),
            meaning: "How long, up to twice this, a timeout forbids a move.",
            source: ["net/ipv4/tcp_plb.c:tcp_plb_update_state_upon_rto"]),
        Knob(
            "net.ipv4.tcp_plb_cong_thresh", type: .integer(0...256), initial: .fixed([128]),
            scope: .namespace, since: KernelRelease(6, 2),
            meaning:
                "The share of marked packets, in 256ths, from which a round counts as congested.",
            source: ["net/ipv4/tcp_plb.c:tcp_plb_update_state"]),
        Knob(
            "net.ipv4.tcp_reflect_tos", type: .flag, initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(5, 10),
            meaning: "An accepted connection answers with the traffic class of its SYN.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_send_synack"]),
        Knob(
            // Newer stable updates accept no value above 31: 6.12.117, 7.3.4, not 6.1.192 and 6.18.44 (measured).
            "net.ipv4.tcp_tso_rtt_log", type: .byte, initial: .fixed([9]), scope: .namespace,
            since: KernelRelease(5, 18),
            meaning:
                "Allows connections with a short round trip to build larger packets; 0 is off.",
            source: ["net/ipv4/tcp_output.c:tcp_tso_autosize"]),
    ]
}
