import Model

extension KernelCounter {
    /// TIME_WAIT sockets created, refused, reused, and hit by late segments.
    static let timeWait: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TW",
            meaning: "A socket entered TIME_WAIT or orphaned FIN_WAIT2 with a timeout above 4 s.",
            reading: """
                The rate at which this host closes first. The number of ports in TIME_WAIT is this \
                rate · 60 s.
                """,
            myth: """
                It counts finished TIME_WAIT, as netstat -s says. In fact: that was so before \
                Linux 5.18; since then it counts the start.
                """,
            source: ["net/ipv4/inet_timewait_sock.c:__inet_twsk_schedule"]),
        KernelCounter(
            "TcpExt", "TWKilled",
            meaning:
                "A socket entered TIME_WAIT or orphaned FIN_WAIT2 with a timeout of at most 4 s.",
            reading: """
                Grows if FIN_WAIT2 is short: a small tcp_fin_timeout or TCP_LINGER2.
                """,
            myth: """
                The kernel killed sockets. In fact: nothing was killed. It is the other half of \
                TW, and counted the end before Linux 5.18.
                """,
            source: ["net/ipv4/inet_timewait_sock.c:__inet_twsk_schedule"]),
        KernelCounter(
            "TcpExt", "TWRecycled",
            meaning: """
                connect() reused the port of a TIME_WAIT socket, through tcp_tw_reuse or an \
                explicit port.
                """,
            reading: """
                tcp_tw_reuse works. If it stays 0 while ports run out, reuse is not possible: \
                timestamps, or the delay.
                """,
            myth: """
                It counts tcp_tw_recycle, or SYNs that reuse a TIME_WAIT of the server. In fact: \
                it counts neither.
                """,
            source: ["net/ipv4/inet_hashtables.c:__inet_check_established"]),
        KernelCounter(
            "TcpExt", "TCPTimeWaitOverflow",
            meaning: """
                The kernel did not create a TIME_WAIT socket: tcp_max_tw_buckets was reached, or \
                memory was short.
                """,
            reading: """
                Connections end without the protection of TIME_WAIT. Compare sockstat tw with \
                tcp_max_tw_buckets.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_time_wait"]),
        KernelCounter(
            "TcpExt", "PAWSActive",
            meaning: """
                A SYN-ACK echoed a timestamp that this host never sent; the kernel answered with a \
                RST.
                """,
            reading: "Middleboxes rewrite timestamps, or answers came very late.",
            source: ["net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process"]),
        KernelCounter(
            "TcpExt", "PAWSEstab",
            meaning:
                "The kernel dropped a segment of a live connection because its timestamp was old.",
            reading: """
                A few come from normal reordering; many come from NAT that mixes clients, or from \
                a middlebox that rewrites timestamps. Before PAWSTimewait existed, this counter \
                included segments for TIME_WAIT.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_validate_incoming",
                "net/ipv4/tcp_minisocks.c:tcp_check_req",
            ]),
        KernelCounter(
            "TcpExt", "PAWSTimewait",
            meaning: """
                A segment with an old timestamp came for a TIME_WAIT socket; the kernel answered \
                it and restarted TIME_WAIT.
                """,
            reading: """
                NAT in front of this host gives one port to clients with different clocks; their \
                SYNs get no SYN-ACK.
                """,
            since: KernelRelease(6, 16),
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "PAWSOldAck",
            meaning: "The kernel dropped a pure ACK with an old timestamp.",
            reading: "Reordering on the path.",
            since: KernelRelease(6, 14),
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "BeyondWindow",
            meaning: "A segment was beyond the window that this host advertised.",
            reading: """
                A peer ignores the window, or late segments of an earlier connection arrive.
                """,
            since: KernelRelease(6, 17),
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TSEcrRejected",
            meaning: "The last ACK of a handshake echoed a timestamp that this host never sent.",
            reading: "Forged or very old ACKs, or middleboxes that rewrite timestamps.",
            since: KernelRelease(6, 15),
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedTimeWait",
            meaning: """
                tcp_invalid_ratelimit suppressed an ACK of a TIME_WAIT socket.
                """,
            reading: "The same old segment comes repeatedly.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedFinWait2",
            meaning: """
                tcp_invalid_ratelimit suppressed an ACK of an orphaned FIN_WAIT2 socket.
                """,
            reading: "The peer keeps sending to a socket that was closed.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_timewait_state_process"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedSynRecv",
            meaning: """
                tcp_invalid_ratelimit suppressed an ACK or a repeated SYN-ACK of a half-open \
                connection.
                """,
            reading: """
                Clients repeat SYNs at once, or old segments hit connections that are being \
                opened.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedPAWS",
            meaning: """
                tcp_invalid_ratelimit suppressed an ACK for a segment with an old timestamp.
                """,
            reading: "The same old segments come repeatedly; see PAWSEstab.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedSeq",
            meaning: """
                tcp_invalid_ratelimit suppressed an ACK for a segment outside the window.
                """,
            reading: "Old segments hit live connections, or duplicate acknowledgements loop.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
        KernelCounter(
            "TcpExt", "TCPACKSkippedChallenge",
            meaning: "tcp_invalid_ratelimit suppressed a challenge ACK.",
            reading: "Many suspicious segments come for one connection; see TCPChallengeACK.",
            source: ["net/ipv4/tcp_input.c:tcp_send_challenge_ack"]),
    ]
}
