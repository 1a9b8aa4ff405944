import Model

extension Knob {
    /// Retransmitting, and giving up.
    static let retransmission: [Knob] = [
        Knob(
            "net.ipv4.tcp_syn_retries", unit: .retries, type: .integer(1...127),
            initial: .fixed([6]), scope: .namespace,
            meaning: """
                How long connect() tries before ETIMEDOUT: about 2^(n+1) − 1 s, 127 s or a little \
                more for 6.
                """,
            myth: "It is the number of SYNs. In fact: tcp_syn_linear_timeouts adds early ones.",
            risk:
                """
                With low values connect() gives up on slow paths; the application's own timeout is \
                the better place.
                """,
            source: ["net/ipv4/tcp_timer.c:tcp_write_timeout"]),
        Knob(
            "net.ipv4.tcp_syn_linear_timeouts", unit: .retries, type: .integer(0...127),
            initial: .fixed([4]), scope: .namespace, since: KernelRelease(6, 5),
            meaning: """
                How many SYNs the kernel resends 1 s apart before the pause begins to double. It \
                adds SYNs, but hardly any time.
                """,
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        Knob(
            "net.ipv4.tcp_retries1", unit: .retries, type: .byte, initial: .fixed([3]),
            scope: .namespace,
            meaning: "After how many timeouts the kernel doubts the route and looks it up again.",
            source: ["net/ipv4/tcp_timer.c:tcp_write_timeout"]),
        Knob(
            "net.ipv4.tcp_retries2", unit: .retries, type: .byte, initial: .fixed([15]),
            scope: .namespace,
            meaning: """
                How long the kernel retries unacknowledged data before ETIMEDOUT, expressed as the \
                doublings of 200 ms that fit: 15 is at least 924.6 s, 8 about 100 s, 6 about 39 s.
                """,
            myth:
                "It is the number of retransmissions. In fact: it stands for a time.",
            risk: """
                Below 8 the time is shorter than the 100 s of RFC 1122: short outages end \
                connections.
                """,
            source: [
                "net/ipv4/tcp_timer.c:tcp_write_timeout",
                "net/ipv4/tcp_timer.c:retransmits_timed_out",
            ]),
        Knob(
            "net.ipv4.tcp_orphan_retries", unit: .retries, type: .byte, initial: .fixed([0]),
            scope: .namespace,
            meaning: """
                How often the kernel resends data or the FIN of a closed socket (FIN_WAIT1, \
                LAST_ACK, CLOSING) before it gives up; 0 acts as 8.
                """,
            myth:
                "0 means not at all, and the file says 8 by default. In fact: the file says 0, and 0 acts as 8.",
            risk: "Low values lose the unsent end of a response to a slow client.",
            source: ["net/ipv4/tcp_timer.c:tcp_orphan_retries"]),
        Knob(
            "net.ipv4.tcp_rto_max_ms", unit: .milliseconds, type: .integer(1000...120000),
            initial: .fixed([120000]), scope: .namespace, since: KernelRelease(6, 15),
            meaning: "The longest pause between two retransmissions.",
            risk: "A lower one also shortens the total that tcp_retries2 stands for.",
            source: ["net/ipv4/tcp.c:tcp_init_sock"]),
        Knob(
            "net.ipv4.tcp_rto_min_us", unit: .microseconds, type: .integer(1...2_147_483_647),
            initial: .fixed([200000]), scope: .namespace, since: KernelRelease(6, 11),
            meaning: "The shortest pause before a retransmission; a route's rto_min comes first.",
            risk: """
                Below the peer's delayed ACK (40 ms and more) the kernel resends data that has \
                arrived.
                """,
            source: ["net/ipv4/tcp.c:tcp_init_sock"]),
        Knob(
            "net.ipv4.tcp_thin_linear_timeouts", type: .byte, initial: .fixed([0]),
            scope: .namespace,
            meaning: """
                Streams with fewer than four packets in flight retry six times without doubling \
                the pause.
                """,
            source: ["net/ipv4/tcp_timer.c:tcp_retransmit_timer"]),
        Knob(
            "net.ipv4.tcp_frto", type: .byte, initial: .fixed([2]), scope: .namespace,
            meaning: "Detects timeouts that loss did not cause (RFC 5682); 0 is off.",
            source: ["net/ipv4/tcp_input.c:tcp_enter_loss"]),
        Knob(
            "net.ipv4.tcp_early_retrans", type: .integer(0...4), initial: .fixed([3]),
            scope: .namespace,
            meaning: "Tail loss probes: 3 or 4 on, 0 off.",
            source: ["net/ipv4/tcp_output.c:tcp_schedule_loss_probe"]),
        Knob(
            "net.ipv4.tcp_recovery", type: .byte, initial: .fixed([1]), scope: .namespace,
            since: KernelRelease(4, 4),
            meaning: """
                A bitmap of RACK loss detection (RFC 8985): 1 switches it on, without effect since \
                Linux 6.17, which always has it on; 2 and 4 vary its patience.
                """,
            source: ["net/ipv4/tcp_recovery.c:tcp_rack_reo_wnd"]),
        Knob(
            "net.ipv4.tcp_sack", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning:
                "Selective acknowledgements (RFC 2018): the sender resends only what was lost.",
            risk: "Without it one lost packet in a large window costs the whole window.",
            source: ["net/ipv4/tcp_output.c:tcp_syn_options"]),
        Knob(
            "net.ipv4.tcp_dsack", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: "Tells the peer which data arrived twice (RFC 2883).",
            source: ["net/ipv4/tcp_input.c:tcp_dsack_set"]),
        Knob(
            "net.ipv4.tcp_reordering", unit: .packets, type: .integer(1...300),
            initial: .fixed([3]), scope: .namespace,
            meaning:
                """
                How far out of order packets may arrive, at first, before the kernel takes one for \
                lost.
                """,
            source: ["net/ipv4/tcp.c:tcp_init_sock"]),
        Knob(
            "net.ipv4.tcp_max_reordering", unit: .packets, type: .integer(1...2_147_483_647),
            initial: .fixed([300]), scope: .namespace, since: KernelRelease(3, 19),
            meaning: "How far that estimate may grow as a connection learns.",
            source: ["net/ipv4/tcp_input.c:tcp_check_sack_reordering"]),
        Knob(
            "net.ipv4.tcp_retrans_collapse", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: "Resends small segments as one full segment.",
            source: ["net/ipv4/tcp_output.c:tcp_retrans_try_collapse"]),
        Knob(
            "net.ipv4.tcp_invalid_ratelimit", unit: .milliseconds, type: .nonNegativeInt,
            initial: .fixed([500]), scope: .namespace, since: KernelRelease(4, 0),
            meaning: """
                At most one acknowledgement in this time answers invalid segments of a connection. \
                The kernel keeps it in jiffies, so it reads back rounded: 1 becomes 4 at HZ=250.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_oow_rate_limited"]),
        Knob(
            "net.ipv4.tcp_challenge_ack_limit", unit: .packets, type: .anyInt,
            initial: .changed([
                (since: KernelRelease(6, 1), value: [2_147_483_647]), (since: nil, value: [1000]),
            ]),
            scope: .namespace,
            meaning: """
                The maximum number of challenge ACKs (RFC 5961) per second; INT_MAX is no limit, \
                which is safe since each connection has its own limit.
                """,
            risk: "CVE-2016-5696 guessed connections from a shared limit.",
            source: [
                "net/ipv4/tcp_input.c:tcp_send_challenge_ack",
                "net/ipv4/tcp_input.c:tcp_challenge_ack_allowed",
            ]),
        Knob(
            "net.ipv4.tcp_comp_sack_nr", unit: .packets, type: .byte, initial: .fixed([44]),
            scope: .namespace, since: KernelRelease(4, 18),
            meaning: "How many selective acknowledgements may be merged into one; 0 is off.",
            source: ["net/ipv4/tcp_input.c:__tcp_ack_snd_check"]),
    ]
}
