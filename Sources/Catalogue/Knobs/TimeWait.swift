import Model

extension Knob {
    /// TIME_WAIT, and what people take for it.
    static let timeWait: [Knob] = [
        Knob(
            "net.ipv4.tcp_fin_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([60]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long a closed socket waits in FIN_WAIT2 for the FIN of a peer that does not \
                close. Up to 60 the wait is the value itself; above 60 it is 2·(value − 60).
                """,
            myth: """
                It shortens TIME_WAIT. In fact: TIME_WAIT is 60 s, compiled in (TCP_TIMEWAIT_LEN).
                """,
            risk: """
                The kernel answers a slow peer's late data or FIN with a RST. 61 to 89 makes the \
                wait shorter than 60 does: 61 gives 2 s.
                """,
            source: [
                "include/net/tcp.h:tcp_fin_time", "net/ipv4/tcp.c:__tcp_close",
                "net/ipv4/tcp_input.c:tcp_rcv_state_process",
                "net/ipv4/tcp_timer.c:tcp_keepalive_timer",
            ]),
        Knob(
            "net.ipv4.tcp_max_tw_buckets", unit: .sockets, type: .anyInt,
            initial: .computed("half of tcp_ehash_entries: 131072 if that is 262144"),
            scope: .namespace,
            meaning: """
                The maximum number of TIME_WAIT and orphaned FIN_WAIT2 sockets of a namespace. At \
                the limit a newly closed socket skips TIME_WAIT; 0 means none at all, −1 no limit. \
                A lower value ends no existing one.
                """,
            myth: """
                Lowering it cures TIME_WAIT, and the kernel evicts the oldest. In fact: the kernel \
                does not create the new one, and current kernels no longer log it.
                """,
            risk: """
                Connections end without TIME_WAIT's protection: late duplicates reach the next \
                connection, and the kernel answers a peer's last FIN with a RST.
                """,
            source: [
                "net/ipv4/inet_timewait_sock.c:inet_twsk_alloc",
                "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            ]),
        Knob(
            "net.ipv4.tcp_tw_reuse", type: .integer(0...2),
            initial: .changed([(since: KernelRelease(4, 19), value: [2]), (since: nil, value: [0])]
            ),
            scope: .namespace,
            meaning: """
                Whether connect() may reuse a port whose connection to the same destination is in \
                TIME_WAIT, once tcp_tw_reuse_delay has passed: 0 never, 1 always, 2 only on \
                loopback. Both ends must use timestamps.
                """,
            myth: """
                It frees TIME_WAIT sockets, or helps a server that accepts. In fact: it takes \
                effect only in connect().
                """,
            risk: """
                With 1 only the peer's timestamp check recognises a late segment; middleboxes that \
                rewrite timestamps break it.
                """,
            source: [
                "net/ipv4/tcp_ipv4.c:tcp_twsk_unique",
                "net/ipv4/inet_hashtables.c:__inet_check_established",
            ]),
        Knob(
            "net.ipv4.tcp_tw_reuse_delay", unit: .milliseconds, type: .integer(1...60000),
            initial: .fixed([1000]), scope: .namespace, since: KernelRelease(6, 14),
            meaning: """
                How old a TIME_WAIT must be before tcp_tw_reuse may reuse its port: the rate to \
                one destination is at most ports · 1000 / value per second.
                """,
            risk: "Below the tick of the peer's timestamp clock PAWS cannot tell old from new.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_twsk_unique"]),
        Knob(
            "net.ipv4.tcp_rfc1337", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: """
                1: TIME_WAIT ignores a RST. 0: a RST with exactly the expected sequence number \
                ends TIME_WAIT.
                """,
            myth: """
                It protects sockets in general. In fact: it only decides whether a RST may end \
                TIME_WAIT; the sentence in the kernel's own documentation states the opposite.
                """,
            risk: """
                With 1 a client that reuses the port and gets a challenge ACK cannot end the old \
                socket with its RST: it waits until TIME_WAIT ends.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        Knob(
            "net.ipv4.tcp_timestamps", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: """
                Sends and accepts the timestamp option (RFC 7323): 1 with an offset per \
                connection, 2 without an offset, 0 off. PAWS and tcp_tw_reuse need it.
                """,
            myth:
                "Turning it off makes TCP faster, or safer against uptime guessing. In fact: with 1 each connection has an offset of its own, so uptime cannot be guessed.",
            risk: """
                0 silently switches tcp_tw_reuse off, and a fast client that comes back to a \
                TIME_WAIT of the server gets a challenge ACK.
                """,
            source: [
                "net/ipv4/tcp_output.c:tcp_syn_options",
                "net/ipv4/tcp_input.c:tcp_validate_incoming",
                "net/core/secure_seq.c:secure_tcp_seq_and_ts_off",
            ]),
    ]
}
