import Model

extension KernelCounter {
    /// TIME_WAIT sockets made, refused, reused, and hit by what came late.
    static let timeWait: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TW",
            meaning: "A socket entered TIME_WAIT or orphaned FIN_WAIT2 for more than 4 s.",
            reading: """
                The rate at which this side closes first. Held ports follow from it: rate · 60 \
                s.
                """,
            myth: """
                It counts finished TIME_WAIT, as netstat -s says. It did before Linux 5.18; since \
                then it counts the start.
                """,
            source: ["net/ipv4/inet_timewait_sock.c:__inet_twsk_schedule"]),
        KernelCounter(
            "TcpExt", "TWKilled",
            meaning: "A socket entered TIME_WAIT or orphaned FIN_WAIT2 for at most 4 s.",
            reading: """
                Grows where FIN_WAIT2 was cut short: a small tcp_fin_timeout or TCP_LINGER2.
                """,
            myth: """
                Sockets were killed. Nothing was: it is the other half of TW, counted at the end \
                before Linux 5.18.
                """,
            source: ["net/ipv4/inet_timewait_sock.c:__inet_twsk_schedule"]),
        KernelCounter(
            "TcpExt", "TWRecycled",
            meaning: """
                connect() took over the port of a TIME_WAIT socket, by tcp_tw_reuse or an \
                explicit port.
                """,
            reading: """
                tcp_tw_reuse at work. While it stays 0 and ports run out, reuse is not possible: \
                timestamps, or the delay.
                """,
            myth: """
                It tells of tcp_tw_recycle, or of SYNs that take over a TIME_WAIT of the server. \
                It counts neither.
                """,
            source: ["net/ipv4/inet_hashtables.c:__inet_check_established"]),
        KernelCounter(
            "TcpExt", "TCPTimeWaitOverflow",
            meaning: """
                A TIME_WAIT socket was not made: tcp_max_tw_buckets reached, or no memory.
                """,
            reading: """
                Connections end unprotected. Compare sockstat tw with tcp_max_tw_buckets.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_time_wait"]),
        KernelCounter(
            "TcpExt", "PAWSActive",
            meaning: """
                A SYN-ACK echoed a timestamp that this side never sent; answered with RST.
                """,
            reading: "Middleboxes that rewrite timestamps, or answers that came very late.",
            source: ["net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process"]),
        KernelCounter(
            "TcpExt", "PAWSEstab",
            meaning: "A segment of a live connection carried an old timestamp and was dropped.",
            reading: """
                A few are normal reordering; many point at NAT that mixes clients, or a \
                rewriting middlebox. Before PAWSTimewait existed it counted those of TIME_WAIT \
                too.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_validate_incoming",
                "net/ipv4/tcp_minisocks.c:tcp_check_req",
            ]),
        KernelCounter(
            "TcpExt", "PAWSTimewait",
            meaning: """
                A segment with an old timestamp met a TIME_WAIT socket; it was answered, and \
                TIME_WAIT began anew.
                """,
            reading: """
                NAT in front that gives one port to clients with different clocks: their SYNs go \
                unanswered.
                """,
            since: KernelRelease(6, 16),
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "PAWSOldAck",
            meaning: "A pure ACK with an old timestamp was dropped.",
            reading: "Reordering on the path.",
            since: KernelRelease(6, 14),
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "BeyondWindow",
            meaning: "A segment lay beyond the window that was offered.",
            reading: """
                A peer that ignores the window, or late segments of an earlier connection.
                """,
            since: KernelRelease(6, 17),
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TSEcrRejected",
            meaning: "The last ACK of a handshake echoed a timestamp that was not sent.",
            reading: "Forged or very old ACKs; middleboxes that rewrite timestamps.",
            since: KernelRelease(6, 15),
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedTimeWait",
            meaning: """
                An ACK that a TIME_WAIT socket owed was left out by tcp_invalid_ratelimit.
                """,
            reading: "The same old segment comes again and again.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedFinWait2",
            meaning: """
                An ACK that an orphaned FIN_WAIT2 socket owed was left out by \
                tcp_invalid_ratelimit.
                """,
            reading: "The peer sends on to a socket that was closed.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedSynRecv",
            meaning: """
                An ACK or a repeated SYN-ACK that a half-open connection owed was left out by \
                tcp_invalid_ratelimit.
                """,
            reading: "SYNs come again at once, or old segments hit connections being opened.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedPAWS",
            meaning: """
                An ACK for a segment with an old timestamp was left out by \
                tcp_invalid_ratelimit.
                """,
            reading: "The same old segments come again and again; see PAWSEstab.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedSeq",
            meaning: """
                An ACK for a segment outside the window was left out by tcp_invalid_ratelimit.
                """,
            reading: "Old segments hit live connections; loops of duplicate acknowledgements.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedChallenge",
            meaning: "A challenge ACK was left out by tcp_invalid_ratelimit.",
            reading: "Many suspicious segments for one connection; see TCPChallengeACK.",
            source: ["net/ipv4/tcp_input.c:tcp_send_challenge_ack"]),
    ]
}
