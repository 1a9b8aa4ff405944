import Model

extension KernelCounter {
    /// Connections that wait for accept().
    static let listening: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "ListenOverflows",
            meaning: """
                The accept queue was full when a SYN, a last ACK or a returned cookie came.
                """,
            reading: """
                The application accepts too slowly, or its backlog is too small: look for LISTEN \
                sockets whose queue exceeds the backlog.
                """,
            source: [
                "net/ipv4/tcp_input.c:tcp_conn_request",
                "net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock",
            ]),
        KernelCounter(
            "TcpExt", "ListenDrops",
            meaning: """
                A listener dropped a packet for any reason; includes ListenOverflows.
                """,
            reading: """
                If it exceeds ListenOverflows: a full SYN queue without cookies, memory, routes or \
                filters.
                """,
            source: ["include/net/tcp.h:tcp_listendrop"]),
        KernelCounter(
            "TcpExt", "TCPReqQFullDoCookies",
            meaning: """
                A cookie was sent: more connections are half open than the backlog allows, or \
                tcp_syncookies is 2.
                """,
            reading: "A burst or a SYN flood; the kernel logs it once per listener.",
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        KernelCounter(
            "TcpExt", "TCPReqQFullDrop",
            meaning: """
                A SYN was dropped: more connections are half open than the backlog allows, and \
                cookies are off.
                """,
            reading: "Turn tcp_syncookies on and raise the backlog.",
            source: ["net/ipv4/tcp_input.c:tcp_syn_flood_action"]),
        KernelCounter(
            "TcpExt", "SyncookiesSent",
            meaning: "SYN-ACKs sent with a cookie.",
            reading: "A SYN flood, or a backlog too small for the bursts.",
            source: [
                "include/net/tcp.h:cookie_init_sequence",
                "include/net/tcp.h:cookie_record_sent",
            ]),
        KernelCounter(
            "TcpExt", "SyncookiesRecv",
            meaning: "Valid cookies that clients returned: real clients.",
            reading: """
                If it is close to SyncookiesSent, this is load and not a SYN flood: the backlog is \
                too small.
                """,
            source: [
                "net/ipv4/syncookies.c:cookie_tcp_check",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        KernelCounter(
            "TcpExt", "SyncookiesFailed",
            meaning: "ACKs to a listener whose cookie was wrong or too old.",
            reading: "A flood of ACKs, or clients that answered minutes later.",
            source: [
                "net/ipv4/syncookies.c:cookie_tcp_check",
                "net/ipv4/syncookies.c:cookie_v4_check",
            ]),
        KernelCounter(
            "TcpExt", "EmbryonicRsts",
            meaning: """
                A half-open connection ended: the client sent a RST or a SYN, or \
                tcp_abort_on_overflow reset it.
                """,
            reading: """
                Port scans, or health checks that do not finish the handshake; or the accept queue \
                is full and tcp_abort_on_overflow is on.
                """,
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPDeferAcceptDrop",
            meaning: "TCP_DEFER_ACCEPT dropped a last ACK without data.",
            reading: "Clients connect and send nothing.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "TcpExt", "TCPMigrateReqSuccess",
            meaning: "tcp_migrate_req moved a connection to another listener.",
            reading: "Restarts lost no connection.",
            since: KernelRelease(5, 14),
            source: [
                "net/ipv4/inet_connection_sock.c:inet_csk_complete_hashdance",
                "net/ipv4/inet_connection_sock.c:inet_csk_listen_stop",
            ]),
        KernelCounter(
            "TcpExt", "TCPMigrateReqFailure",
            meaning: "tcp_migrate_req could not move a connection.",
            reading: "A restart lost connections.",
            since: KernelRelease(5, 14),
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_listen_stop"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenListenOverflow",
            meaning: "The Fast Open queue of a listener was full.",
            reading: "The queue length given with TCP_FASTOPEN is too small.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_fastopen_queue_check"]),
    ]
}
