import Model

extension KernelCounter {
    /// TCP Fast Open: data in the SYN.
    static let fastOpen: [KernelCounter] = [
        KernelCounter(
            "TcpExt", "TCPFastOpenActive",
            meaning: "connect() sent data in its SYN and the server accepted it.",
            reading: "Each saves a round trip.",
            source: ["net/ipv4/tcp_input.c:tcp_rcv_fastopen_synack"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenActiveFail",
            meaning: """
                connect() sent data in its SYN and the server did not accept it, or timeouts \
                followed.
                """,
            reading: "The server does not support it, or a middlebox drops it.",
            source: [
                "net/ipv4/tcp_input.c:tcp_rcv_fastopen_synack",
                "net/ipv4/tcp_fastopen.c:tcp_fastopen_active_detect_blackhole",
            ]),
        KernelCounter(
            "TcpExt", "TCPFastOpenPassive",
            meaning: "A server here accepted a SYN with data and a valid cookie.",
            reading: "Each saves a round trip.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenPassiveFail",
            meaning:
                "A SYN came with a wrong cookie, or the kernel failed to create a socket for it.",
            reading: "Servers behind one address have different keys, or memory is short.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenCookieReqd",
            meaning: "A client asked for a cookie.",
            reading: "Clients want to use Fast Open.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenBlackhole",
            meaning: "The kernel turned Fast Open off for a time because a middlebox drops it.",
            reading: "See tcp_fastopen_blackhole_timeout_sec.",
            source: ["net/ipv4/tcp_fastopen.c:tcp_fastopen_active_disable"]),
        KernelCounter(
            "TcpExt", "TCPFastOpenPassiveAltKey",
            meaning: "A cookie was valid for the second key.",
            reading: "Keys are being changed; see tcp_fastopen_key.",
            since: KernelRelease(5, 3),
            source: ["net/ipv4/tcp_fastopen.c:tcp_try_fastopen"]),
    ]
}
