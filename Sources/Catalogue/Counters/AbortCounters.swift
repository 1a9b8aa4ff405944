extension KernelCounter {
    /// Connections that ended without a FIN.
    static let aborts: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPAbortOnClose",
            meaning: "A program closed a socket with unread data; the kernel sent a RST.",
            reading: """
                The application closes before it has read everything; the peer may lose the last \
                response.
                """,
            source: ["net/ipv4/tcp.c:__tcp_close"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnData",
            meaning: "A program closed a socket with SO_LINGER 0, or data came after close().",
            reading: "Programs reset on purpose, or peers send to a closed connection.",
            myth: """
                It counts all data that comes after close(). In fact: data for an orphaned \
                FIN_WAIT2 socket counts in OutRsts only.
                """,
            source: ["net/ipv4/tcp.c:__tcp_close", "net/ipv4/tcp_input.c:tcp_rcv_state_process"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnLinger",
            meaning: "A program closed a socket in FIN_WAIT2 with a negative TCP_LINGER2.",
            reading: "A program wants no FIN_WAIT2.",
            source: ["net/ipv4/tcp.c:__tcp_close"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnTimeout",
            meaning:
                "The kernel gave up: retransmissions, keepalive probes or connect() got no answer.",
            reading: "Peers or paths have gone away.",
            source: ["net/ipv4/tcp_timer.c:tcp_write_err"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnMemory",
            meaning: "A connection was reset: too many orphans, or TCP memory at its limit.",
            reading: "Compare sockstat orphan and mem with tcp_max_orphans and tcp_mem.",
            source: ["net/ipv4/tcp.c:__tcp_close", "net/ipv4/tcp_timer.c:tcp_out_of_resources"]),
        KernelCounter(
            "TcpExt", "TCPAbortFailed",
            meaning: "The kernel could not create or send a RST.",
            reading: "No memory or no route.",
            source: ["net/ipv4/tcp_output.c:tcp_send_active_reset"]),
        KernelCounter(
            "TcpExt", "TCPKeepAlive",
            meaning: "Keepalive probes sent.",
            reading: "Connections with SO_KEEPALIVE are idle.",
            source: ["net/ipv4/tcp_timer.c:tcp_keepalive_timer"]),
        KernelCounter(
            "TcpExt", "TCPChallengeACK",
            meaning: """
                The kernel answered a suspicious SYN, RST or acknowledgement with an ACK (RFC \
                5961).
                """,
            reading: """
                Clients reuse the port of a connection that is still open here, or someone guesses \
                sequence numbers.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_send_challenge_ack"]),
        KernelCounter(
            "TcpExt", "TCPSYNChallenge",
            meaning:
                "A SYN for a live connection came; the kernel answered it with a challenge ACK.",
            reading: "Clients lost their state: a crash, or a NAT restart.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
    ]
}
