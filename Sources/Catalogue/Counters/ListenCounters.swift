import Model

extension KernelCounter {
    /// Connections on their way to accept().
    static let listening: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "ListenOverflows",
            meaning: """
                The accept queue was full at a SYN, at the last ACK, or at a cookie that came \
                back.
                """,
            reading: """
                The application accepts too slowly, or its backlog is small: look for LISTEN \
                sockets whose queue exceeds it.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_conn_request",
                "net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock",
            ]),
        KernelCounter(
            "TcpExt", "ListenDrops",
            meaning: """
                A listener dropped a packet, for whatever reason; includes ListenOverflows.
                """,
            reading: """
                More than ListenOverflows: SYN queue without cookies, memory, routes or filters.
                """,
            source: ["include/net/tcp.h:tcp_listendrop"]),
        KernelCounter(
            "TcpExt", "TCPReqQFullDoCookies",
            meaning: """
                More than backlog connections half open, or tcp_syncookies is 2: a cookie was sent.
                """,
            reading: "A burst or a flood; the kernel logs it once for each listener.",
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        KernelCounter(
            "TcpExt", "TCPReqQFullDrop",
            meaning: """
                More than backlog connections half open, and cookies are off: the SYN was \
                dropped.
                """,
            reading: "Turn tcp_syncookies on; raise the backlog.",
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        KernelCounter(
            "TcpExt", "SyncookiesSent",
            meaning: "SYN-ACKs with a cookie.",
            reading: "SYNs without end, or a backlog too small for the bursts.",
            source: [
                "include/net/tcp.h:cookie_init_sequence",
                "include/net/tcp.h:cookie_record_sent",
            ]),
        KernelCounter(
            "TcpExt", "SyncookiesRecv",
            meaning: "Cookies that came back right: real clients.",
            reading: """
                Near SyncookiesSent it is not a flood but load: the backlog is too small.
                """,
            source: [
                "net/ipv4/syncookies.c:cookie_tcp_check",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        KernelCounter(
            "TcpExt", "SyncookiesFailed",
            meaning: "ACKs to a listener whose cookie was wrong or too old.",
            reading: "A flood of ACKs, or clients that took minutes.",
            source: [
                "net/ipv4/syncookies.c:cookie_tcp_check",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        KernelCounter(
            "TcpExt", "EmbryonicRsts",
            meaning: """
                A half-open connection ended by RST or SYN of the client, or by \
                tcp_abort_on_overflow.
                """,
            reading: """
                Port scans and health checks that do not finish; or the accept queue is full \
                with tcp_abort_on_overflow.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPDeferAcceptDrop",
            meaning: "The bare last ACK was dropped by TCP_DEFER_ACCEPT.",
            reading: "Clients that connect and say nothing.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPMigrateReqSuccess",
            meaning: "tcp_migrate_req moved a connection to another listener.",
            reading: "Restarts that lost nothing.",
            since: KernelRelease(5, 14),
            source: [
                "net/ipv4/inet_connection_sock.c:inet_csk_complete_hashdance",
                "net/ipv4/inet_connection_sock.c:inet_csk_listen_stop",
            ]),
        KernelCounter(
            "TcpExt", "TCPMigrateReqFailure",
            meaning: "tcp_migrate_req could not move a connection.",
            reading: "Connections lost at a restart.",
            since: KernelRelease(5, 14),
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_listen_stop"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenListenOverflow",
            meaning: "The Fast Open queue of a listener was full.",
            reading: "The queue length given with TCP_FASTOPEN is too small.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_fastopen_queue_check"]),
    ]
}
