extension KernelCounter {
    /// Connections that ended otherwise than by FIN.
    static let aborts: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPAbortOnClose",
            meaning: "close() with data that was not read: RST.",
            reading: """
                The application closes without reading to the end; the peer may lose the last \
                response.
                """,
            source: ["net/ipv4/tcp.c:__tcp_close"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnData",
            meaning: "close() with SO_LINGER 0, or data that came after close().",
            reading: "Reset on purpose, or peers that send to a closed connection.",
            myth: """
                It counts all data that comes after close(). What meets an orphaned FIN_WAIT2 \
                shows in OutRsts alone.
                """,
            source: ["net/ipv4/tcp.c:__tcp_close", "net/ipv4/tcp_input.c:tcp_rcv_state_process"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnLinger",
            meaning: "Closed in FIN_WAIT2 with a negative TCP_LINGER2.",
            reading: "A program that wants no FIN_WAIT2.",
            source: ["net/ipv4/tcp.c:__tcp_close"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnTimeout",
            meaning: "Given up: retransmissions, keepalive or connect() without an answer.",
            reading: "Peers or paths that are gone.",
            source: ["net/ipv4/tcp_timer.c:tcp_write_err"]),
        KernelCounter(
            "TcpExt", "TCPAbortOnMemory",
            meaning: "Too many orphans, or TCP memory at its limit: RST.",
            reading: "Compare sockstat orphan and mem with tcp_max_orphans and tcp_mem.",
            source: ["net/ipv4/tcp.c:__tcp_close", "net/ipv4/tcp_timer.c:tcp_out_of_resources"]),
        KernelCounter(
            "TcpExt", "TCPAbortFailed",
            meaning: "The RST could not be made or sent.",
            reading: "Memory or routes are missing.",
            source: ["net/ipv4/tcp_output.c:tcp_send_active_reset"]),
        KernelCounter(
            "TcpExt", "TCPKeepAlive",
            meaning: "Keepalive probes sent.",
            reading: "Idle connections with SO_KEEPALIVE.",
            source: ["net/ipv4/tcp_timer.c:tcp_keepalive_timer"]),
        KernelCounter(
            "TcpExt", "TCPChallengeACK",
            meaning: """
                A suspicious SYN, RST or acknowledgement was answered by an ACK (RFC 5961).
                """,
            reading: """
                Clients that come back with the port of a connection still open here; or \
                guessing.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_send_challenge_ack"]),
        KernelCounter(
            "TcpExt", "TCPSYNChallenge",
            meaning: "A SYN for a live connection; answered so.",
            reading: "Clients that lost their state: crash, NAT restart.",
            source: ["net/ipv4/tcp_input.c:tcp_validate_incoming"]),
    ]
}
