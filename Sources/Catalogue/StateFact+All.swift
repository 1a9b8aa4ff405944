extension StateFact {
    /// The states in the order in which a connection may pass through them.
    package static let all: [StateFact] = [
        StateFact(
            "LISTEN", otherNames: ["LISTENING"],
            meaning: "A socket that waits for connections.",
            holder: "A server that called listen().",
            lasts: "Until it is closed.",
            endedBy: "close(); what was not yet accepted is reset.",
            growth: "Not a matter of load: one for each address, port and SO_REUSEPORT worker.",
            rules: ["queue-overflowing", "backlog-limited"],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_listen_start"]),
        StateFact(
            "SYN_SENT", otherNames: ["SYNSENT"],
            meaning: "The SYN is out and has not been answered.",
            holder: "The client that called connect().",
            lasts: "A round trip; without an answer about 2 min (tcp_syn_retries).",
            endedBy: "SYN-ACK; RST (ECONNREFUSED); ETIMEDOUT.",
            growth: "A destination does not answer: filter, full accept queue, host down.",
            rules: ["syn-retransmitting"],
            source: ["net/ipv4/tcp_output.c:tcp_connect"]),
        StateFact(
            "SYN_RECV", otherNames: ["SYNRECV", "SYN_RECEIVED", "NEW_SYN_RECV"],
            meaning:
                "The SYN-ACK is out; the last ACK is missing, or the accept queue has no room.",
            holder: "The server; no descriptor and no process yet.",
            lasts: "A round trip; without the ACK 63 s (tcp_synack_retries).",
            endedBy: "The last ACK; RST; the end of the retries.",
            growth:
                "A flood of SYNs, clients far away, or a full accept queue: look at ListenOverflows.",
            myth:
                "tcp_max_syn_backlog limits them. With syncookies on, the listener's backlog does.",
            rules: ["syn-queue-full", "queue-overflowing"],
            source: ["net/ipv4/inet_connection_sock.c:reqsk_timer_handler"]),
        StateFact(
            "ESTABLISHED", otherNames: ["ESTAB"],
            meaning: "Open: data may flow both ways.",
            holder: "Both sides.",
            lasts: "Until somebody closes: an idle one without keepalive for ever.",
            endedBy: "A FIN of either side, RST, ETIMEDOUT.",
            growth: "Load, slow responses, or pools that never shrink.",
            rules: ["ports-exhausting", "retransmitting"],
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        StateFact(
            "FIN_WAIT1", otherNames: ["FIN_WAIT_1"],
            meaning:
                "This side closed first; its FIN, and perhaps data before it, is not acknowledged.",
            holder: "The side that closed first.",
            lasts: "A round trip; without an answer tcp_orphan_retries (0 acts as 8: minutes).",
            endedBy: "The ACK of the FIN: FIN_WAIT2, or TIME_WAIT if the peer's FIN came with it.",
            growth: "Clients vanish in the middle of a response, or do not read it.",
            myth: "tcp_fin_timeout limits it. tcp_orphan_retries does.",
            rules: ["orphans-near-limit"],
            source: ["net/ipv4/tcp_timer.c:tcp_orphan_retries"]),
        StateFact(
            "FIN_WAIT2", otherNames: ["FIN_WAIT_2"],
            meaning: "This side closed first and that is acknowledged; the peer has not closed.",
            holder: "The side that closed first; its peer is in CLOSE_WAIT.",
            lasts: """
                Closed by close(): tcp_fin_timeout (60 s). Half closed by shutdown(): as long as \
                the program holds it.
                """,
            endedBy: "The peer's FIN: TIME_WAIT; or the timer.",
            growth: "Peers that do not close: a program that leaks there.",
            myth: "It counts among the orphans. Up to 60 s it is a small socket that does not.",
            rules: ["fin-wait2-orphans", "fin-timeout-trap"],
            source: ["net/ipv4/tcp.c:__tcp_close", "include/net/tcp.h:tcp_fin_time"]),
        StateFact(
            "TIME_WAIT", otherNames: ["TIMEWAIT"],
            meaning: """
                Both sides closed; the pair of addresses and ports is held so that a lost last \
                ACK can be repeated and late segments do not reach a new connection.
                """,
            holder: "The side that sent the first FIN. No descriptor, no process, about 256 bytes.",
            lasts: """
                60 s, compiled in (TCP_TIMEWAIT_LEN), and up to about 2 s more for the timer. No \
                sysctl changes it.
                """,
            endedBy: """
                The time; a new SYN of the same client; connect() with tcp_tw_reuse; an RST with \
                the expected number unless tcp_rfc1337 is on.
                """,
            growth: """
                This side closes many short connections. It hurts when they go to one \
                destination: each holds a local port. A server that only accepts loses no port by it, up to \
                tcp_max_tw_buckets.
                """,
            myth: """
                It lasts 240 s, and tcp_fin_timeout=30 shortens it. 240 s is RFC 793's twice two \
                minutes and an old Windows default; tcp_fin_timeout is FIN_WAIT2's.
                """,
            rules: [
                "ports-exhausting", "ports-slow", "ports-forecast", "timewait-overflow",
                "timewait-cap-near",
            ],
            source: [
                "include/net/tcp.h:TCP_TIMEWAIT_LEN", "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            ]),
        StateFact(
            "CLOSE_WAIT", otherNames: ["CLOSEWAIT"],
            meaning: "The peer closed; the program here has not.",
            holder: "The side whose program must still call close().",
            lasts: """
                Until it does; with SO_KEEPALIVE until a probe is answered by RST, or by nobody.
                """,
            endedBy: "close() of the program, or its end.",
            growth: "The program forgets connections: a leak that ends in EMFILE. No sysctl helps.",
            myth: """
                tcp_fin_timeout ends it. That one is of the peer's FIN_WAIT2; keepalive ends \
                CLOSE_WAIT only on sockets that ask for it (SO_KEEPALIVE), and only once the \
                peer's socket is gone (60 s after its close()) or its host is.
                """,
            rules: ["close-wait-leak"],
            source: ["net/ipv4/tcp_input.c:tcp_fin"]),
        StateFact(
            "LAST_ACK", otherNames: ["LASTACK"],
            meaning: "The peer closed first, then this side; its FIN is not acknowledged.",
            holder: "The side that closed second.",
            lasts: "A round trip; without an answer tcp_orphan_retries (0 acts as 8: minutes).",
            endedBy: "The ACK of the FIN, RST, or the end of the retries.",
            growth: "Peers are gone, or a filter drops the last packets of connections.",
            rules: ["last-ack-stuck", "orphans-near-limit"],
            source: ["net/ipv4/tcp_timer.c:tcp_orphan_retries"]),
        StateFact(
            "CLOSING", otherNames: [],
            meaning: "Both sides sent FIN at once and neither is acknowledged yet.",
            holder: "Both sides.",
            lasts: "A round trip.",
            endedBy: "The ACK of the FIN: TIME_WAIT.",
            growth: "Rare; packets at the end of connections are lost.",
            rules: ["orphans-near-limit"],
            source: ["net/ipv4/tcp_input.c:tcp_fin"]),
        StateFact(
            "CLOSE", otherNames: ["CLOSED", "UNCONN"],
            meaning:
                "A socket without a connection: new, ended, or waiting to be closed by its program.",
            holder: "A program that holds the descriptor.",
            lasts: "Until it is closed.",
            endedBy: "connect(), listen() or close().",
            growth: """
                Sockets that were reset and never closed by the program; they are in no listing \
                of /proc/net/tcp, only in sockstat's alloc and the program's descriptors.
                """,
            rules: ["descriptors-near-limit"],
            source: ["net/ipv4/tcp.c:tcp_done"]),
        StateFact(
            "BOUND_INACTIVE", otherNames: ["BOUND"],
            meaning: "Bound to a port, neither listening nor connected.",
            holder: "A program between bind() and connect() or listen().",
            lasts: "Until it goes on.",
            endedBy: "connect(), listen() or close().",
            growth: "bind() before connect(): each takes its port for every destination.",
            rules: ["bound-idle", "bind-before-connect"],
            source: [
                "net/ipv4/inet_diag.c:inet_diag_dump_icsk", "net/ipv4/tcp_diag.c:tcp_diag_dump",
            ]),
    ]

    /// The state of this name in any spelling: `TIME_WAIT`, `time-wait`, `TimeWait`.
    package static func named(_ text: String) -> StateFact? {
        byPlainName[plain(text)]
    }

    private static let byPlainName: [String: StateFact] = Dictionary(
        all.flatMap { fact in ([fact.name] + fact.otherNames).map { (plain($0), fact) } },
        uniquingKeysWith: { first, _ in first })

    private static func plain(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
