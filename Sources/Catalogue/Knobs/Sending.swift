import Model

extension Knob {
    /// Windows, congestion control and the shape of sent data.
    static let sending: [Knob] = [
        Knob(
            "net.ipv4.tcp_window_scaling", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: "Allows windows above 64 KiB (RFC 7323).",
            risk: "0 limits a connection to 64 KiB per round trip: 5 Mbit/s at 100 ms.",
            source: ["net/ipv4/tcp_output.c:tcp_syn_options"]),
        Knob(
            "net.ipv4.tcp_congestion_control", type: .word,
            initial: .computed(
                "CONFIG_DEFAULT_TCP_CONG, mostly cubic; a new namespace copies the initial one's"),
            scope: .namespace, isCopiedFromInit: true,
            meaning:
                "The congestion control of new connections, one of tcp_available_congestion_control.",
            risk: "bbr gains under loss, and takes bandwidth from cubic flows beside it.",
            source: ["net/ipv4/tcp_cong.c:tcp_set_default_congestion_control"]),
        Knob(
            "net.ipv4.tcp_available_congestion_control", type: .word,
            initial: .computed("those built in or loaded"), scope: .namespace, isReadOnly: true,
            meaning: "The congestion controls that are loaded; a module adds its own.",
            source: ["net/ipv4/tcp_cong.c:tcp_get_available_congestion_control"]),
        Knob(
            "net.ipv4.tcp_allowed_congestion_control", type: .word,
            initial: .computed("reno and the default"), scope: .readOnlyElsewhere,
            meaning: "The congestion controls that a program without CAP_NET_ADMIN may choose.",
            source: ["net/ipv4/tcp_cong.c:tcp_set_allowed_congestion_control"]),
        Knob(
            "net.core.default_qdisc", type: .word,
            initial: .computed("CONFIG_DEFAULT_NET_SCH: pfifo_fast, or fq_codel"), scope: .host,
            meaning: "The queueing discipline of devices created from now on; fq paces for bbr.",
            myth:
                "It changes existing devices. In fact: those keep theirs until `tc qdisc replace`.",
            source: ["net/sched/sch_api.c:qdisc_set_default"]),
        Knob(
            "net.ipv4.tcp_ecn", type: .integer(0...2), initial: .fixed([2]), scope: .namespace,
            meaning: """
                Explicit congestion notification: 0 off, 1 asks for it, 2 grants it when asked. \
                Kernels with accurate ECN accept up to 5.
                """,
            risk:
                """
                With 1 a few old middleboxes drop the SYN; tcp_ecn_fallback then retries without \
                ECN.
                """,
            source: ["include/net/tcp_ecn.h:tcp_ecn_send_syn"]),
        Knob(
            "net.ipv4.tcp_ecn_fallback", type: .flag, initial: .fixed([1]), scope: .namespace,
            since: KernelRelease(4, 2),
            meaning: "The kernel resends an unanswered SYN with ECN without ECN.",
            source: [
                "include/net/tcp_ecn.h:tcp_ecn_clear_syn",
                "net/ipv4/tcp_output.c:tcp_ecn_clear_syn",
            ]),
        Knob(
            "net.ipv4.tcp_slow_start_after_idle", type: .byte, initial: .fixed([1]),
            scope: .namespace,
            meaning:
                "Shrinks the congestion window of a connection that was idle for longer than its RTO.",
            risk: "0 sends a full window as one burst into a path that may have changed.",
            source: ["net/ipv4/tcp_output.c:tcp_cwnd_restart"]),
        Knob(
            "net.ipv4.tcp_no_metrics_save", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: "1: a closing connection saves no RTT and ssthresh for the next one.",
            source: ["net/ipv4/tcp_metrics.c:tcp_update_metrics"]),
        Knob(
            "net.ipv4.tcp_mtu_probing", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: """
                Finds the path's MTU by trying (RFC 4821): 1 after it met a black hole, 2 always, \
                from tcp_base_mss.
                """,
            risk: "2 starts every connection with small segments.",
            source: ["net/ipv4/tcp_timer.c:tcp_mtu_probing"]),
        Knob(
            "net.ipv4.tcp_base_mss", unit: .bytes, type: .anyInt, initial: .fixed([1024]),
            scope: .namespace,
            meaning: "The segment size that MTU probing falls back to.",
            source: ["net/ipv4/tcp_output.c:tcp_mtup_init"]),
        Knob(
            "net.ipv4.tcp_min_snd_mss", unit: .bytes, type: .integer(48...65535),
            initial: .fixed([48]), scope: .namespace,
            meaning: "The smallest segment size that a peer may force on this host.",
            risk: "Too high a value refuses peers behind unusual links.",
            source: ["net/ipv4/tcp_output.c:__tcp_mtu_to_mss"]),
        Knob(
            "net.ipv4.tcp_autocorking", type: .flag, initial: .fixed([1]), scope: .namespace,
            since: KernelRelease(3, 14),
            meaning: "Small writes wait while an earlier packet is still in the device's queue.",
            source: ["net/ipv4/tcp.c:tcp_should_autocork"]),
        Knob(
            "net.ipv4.tcp_limit_output_bytes", unit: .bytes, type: .anyInt,
            initial: .changed([
                (since: KernelRelease(6, 16), value: [4_194_304]),
                (since: KernelRelease(5, 0), value: [1_048_576]), (since: nil, value: [262144]),
            ]),
            scope: .namespace,
            meaning: """
                The maximum number of bytes of one connection in the device queue (TCP small \
                queues).
                """,
            risk: "High values fill the queue for everybody else.",
            source: ["net/ipv4/tcp_output.c:tcp_small_queue_check"]),
        Knob(
            "net.ipv4.tcp_min_tso_segs", unit: .packets, type: .integer(1...255),
            initial: .fixed([2]), scope: .namespace, since: KernelRelease(3, 12),
            meaning: "The minimum number of segments that the kernel gives to the device at once.",
            source: ["net/ipv4/tcp_output.c:tcp_tso_segs"]),
        Knob(
            "net.ipv4.tcp_tso_win_divisor", type: .byte, initial: .fixed([3]), scope: .namespace,
            meaning: "One large segment takes at most this fraction of the congestion window.",
            source: ["net/ipv4/tcp_output.c:tcp_tso_should_defer"]),
        Knob(
            "net.ipv4.tcp_pacing_ss_ratio", type: .integer(0...1000), initial: .fixed([200]),
            scope: .namespace,
            meaning: "Pacing rate in slow start, in per cent of window over round trip.",
            source: ["net/ipv4/tcp_input.c:tcp_update_pacing_rate"]),
        Knob(
            "net.ipv4.tcp_pacing_ca_ratio", type: .integer(0...1000), initial: .fixed([120]),
            scope: .namespace,
            meaning: "Pacing rate after slow start, in per cent of window over round trip.",
            source: ["net/ipv4/tcp_input.c:tcp_update_pacing_rate"]),
        Knob(
            "net.ipv4.tcp_workaround_signed_windows", type: .byte, initial: .fixed([0]),
            scope: .namespace,
            meaning:
                "Assumes that a peer without window scaling reads its window as a signed number.",
            source: ["net/ipv4/tcp_output.c:tcp_select_initial_window"]),
        Knob(
            "net.ipv4.tcp_stdurg", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: "Reads the urgent pointer as RFC 1122 does instead of as BSD does.",
            source: ["net/ipv4/tcp_input.c:tcp_check_urg"]),
    ]
}
