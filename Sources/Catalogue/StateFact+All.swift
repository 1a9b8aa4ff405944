import Model

extension StateFact {
    /// The states in the order in which a connection may pass through them.
    package static let all: [StateFact] = [
        StateFact(
            "LISTEN", otherNames: ["LISTENING"],
            meaning: "A socket that waits for connections.",
            holder: "A server that called listen().",
            lasts: "Until it is closed.",
            endedBy: "close(); the kernel resets connections that were not yet accepted.",
            growth: """
                It does not depend on load: there is one for each address, port and SO_REUSEPORT \
                worker.
                """,
            rules: [.queueOverflowing, .backlogLimited],
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_listen_start"]),
        StateFact(
            "SYN_SENT", otherNames: ["SYNSENT"],
            meaning: "This host sent the SYN and has no answer yet.",
            holder: "The client that called connect().",
            lasts: "One round trip; without an answer about 2 min (tcp_syn_retries).",
            endedBy: "SYN-ACK; RST (ECONNREFUSED); ETIMEDOUT.",
            growth: """
                A destination does not answer: a filter drops, its accept queue is full, or the \
                host is down.
                """,
            rules: [.synRetransmitting],
            source: ["net/ipv4/tcp_output.c:tcp_connect"]),
        StateFact(
            "SYN_RECV", otherNames: ["SYNRECV", "SYN_RECEIVED", "NEW_SYN_RECV"],
            meaning:
                """
                The host sent the SYN-ACK; the last ACK is missing, or the accept queue has no \
                room.
                """,
            holder: "The server; it has no descriptor and no process yet.",
            lasts: "One round trip; without the ACK 63 s (tcp_synack_retries).",
            endedBy: "The last ACK; RST; the end of the retries.",
            growth:
                "A SYN flood, distant clients, or a full accept queue: check ListenOverflows.",
            myth:
                """
                tcp_max_syn_backlog limits them. In fact: with syncookies on the listener's backlog \
                does.
                """,
            rules: [.synQueueFull, .queueOverflowing],
            source: ["net/ipv4/inet_connection_sock.c:reqsk_timer_handler"]),
        StateFact(
            "ESTABLISHED", otherNames: ["ESTAB"],
            meaning: "The connection is open: data may flow in both directions.",
            holder: "Both ends.",
            lasts: "Until one end closes; an idle connection without keepalive lasts for ever.",
            endedBy: "A FIN of either end, a RST, ETIMEDOUT.",
            growth: "Load, slow responses, or pools that never shrink.",
            rules: [.portsExhausting, .retransmitting],
            source: ["net/ipv4/tcp_input.c:tcp_rcv_established"]),
        StateFact(
            "FIN_WAIT1", otherNames: ["FIN_WAIT_1"],
            meaning:
                """
                This host closed first; its FIN, and perhaps data before it, is not acknowledged \
                yet.
                """,
            holder: "The host that closed first.",
            lasts: "One round trip; without an answer tcp_orphan_retries (0 acts as 8: minutes).",
            endedBy: "The ACK of the FIN: FIN_WAIT2, or TIME_WAIT if the peer's FIN came with it.",
            growth: "Clients vanish in the middle of a response, or do not read it.",
            myth: "tcp_fin_timeout limits it. In fact: tcp_orphan_retries does.",
            rules: [.orphansNearLimit],
            source: ["net/ipv4/tcp_timer.c:tcp_orphan_retries"]),
        StateFact(
            "FIN_WAIT2", otherNames: ["FIN_WAIT_2"],
            meaning:
                "This host closed first and the peer acknowledged it; the peer has not closed.",
            holder: "The host that closed first; its peer is in CLOSE_WAIT.",
            lasts: """
                After close(): tcp_fin_timeout (60 s). After shutdown(): as long as the program \
                keeps the socket open.
                """,
            endedBy: "The peer's FIN: TIME_WAIT; or the timer.",
            growth: "Peers do not close: a program there leaks connections.",
            myth: """
                It counts as an orphan. In fact: with a timeout up to 60 s it is a minisocket, \
                which does not.
                """,
            rules: [.finWait2Orphans, .finTimeoutTrap],
            source: ["net/ipv4/tcp.c:__tcp_close", "include/net/tcp.h:tcp_fin_time"]),
        StateFact(
            "TIME_WAIT", otherNames: ["TIMEWAIT"],
            meaning: """
                Both ends closed; the kernel keeps the addresses and ports so that it can repeat a \
                lost last ACK and late segments do not reach a new connection.
                """,
            holder: """
                The host that sent the first FIN. It has no descriptor and no process, and takes \
                256 bytes at the accepting end, 512 at the connecting end.
                """,
            lasts: """
                60 s, compiled in (TCP_TIMEWAIT_LEN), and up to about 2 s more for the timer. No \
                sysctl changes it.
                """,
            endedBy: """
                The timer; a new SYN of the same client; connect() with tcp_tw_reuse; a RST with \
                the expected sequence number, unless tcp_rfc1337 is on.
                """,
            growth: """
                This host closes many short connections first. It hurts if they go to one \
                destination: each holds a local port. A server that only accepts loses no port, up \
                to tcp_max_tw_buckets.
                """,
            myth: """
                It lasts 240 s, and tcp_fin_timeout=30 shortens it. In fact: 240 s is RFC 793's \
                twice two minutes and an old Windows default; tcp_fin_timeout is the time limit of \
                FIN_WAIT2.
                """,
            rules: [
                .portsExhausting, .portsSlow, .portsForecast, .timewaitOverflow,
                .timewaitCapNear,
            ],
            source: [
                "include/net/tcp.h:TCP_TIMEWAIT_LEN", "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            ]),
        StateFact(
            "CLOSE_WAIT", otherNames: ["CLOSEWAIT"],
            meaning: "The peer closed; the program on this host has not.",
            holder: "The host whose program must still call close().",
            lasts: """
                Until it does; with SO_KEEPALIVE until a RST answers a probe, or nothing does.
                """,
            endedBy: "close() by the program, or the end of the program.",
            growth:
                "The program does not close connections: the leak ends in EMFILE. No sysctl helps.",
            myth: """
                tcp_fin_timeout ends it. In fact: that setting limits the peer's FIN_WAIT2; \
                keepalive ends CLOSE_WAIT only on sockets that ask for it (SO_KEEPALIVE), and only \
                once the peer's socket (60 s after its close()) or host is gone.
                """,
            rules: [.closeWaitLeak],
            source: ["net/ipv4/tcp_input.c:tcp_fin"]),
        StateFact(
            "LAST_ACK", otherNames: ["LASTACK"],
            meaning:
                "The peer closed first, then this host; this host's FIN is not acknowledged yet.",
            holder: "The host that closed second.",
            lasts: "One round trip; without an answer tcp_orphan_retries (0 acts as 8: minutes).",
            endedBy: "The ACK of the FIN, a RST, or the end of the retries.",
            growth: "Peers are gone, or a filter drops the last packets of connections.",
            rules: [.lastAckStuck, .orphansNearLimit],
            source: ["net/ipv4/tcp_timer.c:tcp_orphan_retries"]),
        StateFact(
            "CLOSING", otherNames: [],
            meaning: "Both ends sent a FIN at once and neither is acknowledged yet.",
            holder: "Both ends.",
            lasts: "One round trip.",
            endedBy: "The ACK of the FIN: TIME_WAIT.",
            growth: "It is rare; packets at the end of connections are lost.",
            rules: [.orphansNearLimit],
            source: ["net/ipv4/tcp_input.c:tcp_fin"]),
        StateFact(
            "CLOSE", otherNames: ["CLOSED", "UNCONN"],
            meaning:
                """
                A socket without a connection: new, ended, or waiting for its program to close it.
                """,
            holder: "A program that has the descriptor open.",
            lasts: "Until it is closed.",
            endedBy: "connect(), listen() or close().",
            growth: """
                The program never closed sockets that were reset; /proc/net/tcp does not list \
                them, only sockstat's alloc and the program's descriptors show them.
                """,
            rules: [.descriptorsNearLimit],
            source: ["net/ipv4/tcp.c:tcp_done"]),
        StateFact(
            "BOUND_INACTIVE", otherNames: ["BOUND"],
            meaning: "The socket is bound to a port, but neither listens nor is connected.",
            holder: "A program between bind() and connect() or listen().",
            lasts: "Until the program continues.",
            endedBy: "connect(), listen() or close().",
            growth: "bind() before connect(): each socket takes its port for every destination.",
            rules: [.boundIdle, .bindBeforeConnect],
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
