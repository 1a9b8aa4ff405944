extension KernelCounter {
    /// The counters of RFC 4022, as Linux counts them.
    static let tcp: [KernelCounter] = [
        KernelCounter(
            "Tcp", "ActiveOpens",
            meaning: "connect() sent its SYN; failed ones count too.",
            reading: "New outbound connections.",
            source: ["net/ipv4/tcp_output.c:tcp_connect"]),
        KernelCounter(
            "Tcp", "PassiveOpens",
            meaning: "The client's last ACK opened a connection.",
            reading: "New inbound connections.",
            myth: "It counts SYNs.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_create_openreq_child"]),
        KernelCounter(
            "Tcp", "AttemptFails",
            meaning: """
                A connect() failed, or a client ended a handshake with a RST or a SYN. A half-open \
                connection that only times out does not count.
                """,
            reading: "Refused or unanswered connects, and handshakes that clients ended.",
            source: ["net/ipv4/tcp.c:tcp_done", "net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "Tcp", "EstabResets",
            meaning: "A connection went from ESTABLISHED or CLOSE_WAIT directly to CLOSE.",
            reading: "Resets sent or received, and connections that the kernel gave up.",
            myth: "It counts received resets only.",
            source: ["net/ipv4/tcp.c:tcp_set_state"]),
        KernelCounter(
            "Tcp", "CurrEstab",
            meaning: "Connections in ESTABLISHED and CLOSE_WAIT at present.",
            reading: "If many are in CLOSE_WAIT, it exceeds the number of open connections.",
            source: ["net/ipv4/tcp.c:tcp_set_state"]),
        KernelCounter(
            "Tcp", "InSegs",
            meaning: "Segments received, including bad ones.",
            reading: "The total to compare other counters with.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "OutSegs",
            meaning: "Segments sent, without retransmissions.",
            reading: "RetransSegs divided by OutSegs is the retransmission rate.",
            source: ["net/ipv4/tcp_output.c:__tcp_transmit_skb"]),
        KernelCounter(
            "Tcp", "RetransSegs",
            meaning: "Segments resent, including SYNs and SYN-ACKs.",
            reading:
                "If it exceeds 1 % of OutSegs, something on the path or at a peer loses packets.",
            source: ["net/ipv4/tcp_output.c:__tcp_retransmit_skb"]),
        KernelCounter(
            "Tcp", "InErrs",
            meaning: "Broken segments received.",
            reading: "See InCsumErrors.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "InCsumErrors",
            meaning: "Segments received with a wrong checksum.",
            reading: "Hardware or offload is broken.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "OutRsts",
            meaning: "RSTs sent.",
            reading: """
                SYNs to closed ports, data for closed connections, or connections that this host \
                aborts.
                """,
            source: [
                "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset",
                "net/ipv4/tcp_output.c:tcp_send_active_reset",
            ]),
        KernelCounter(
            "Tcp", "RtoAlgorithm",
            meaning:
                "How the kernel calculates the retransmission timer: 1, which the MIB calls other.",
            reading: "A constant.",
            source: ["include/net/tcp.h:tcp_mib_init"]),
        KernelCounter(
            "Tcp", "RtoMin",
            meaning: "The shortest retransmission timer in ms, as the MIB prints it: 200.",
            reading: "A constant; the setting is tcp_rto_min_us.",
            source: ["include/net/tcp.h:tcp_mib_init"]),
        KernelCounter(
            "Tcp", "RtoMax",
            meaning: "The longest retransmission timer in ms, as the MIB prints it: 120000.",
            reading: "A constant; the setting is tcp_rto_max_ms.",
            source: ["include/net/tcp.h:tcp_mib_init"]),
        KernelCounter(
            "Tcp", "MaxConn",
            meaning: "The limit on connections: -1, because there is none.",
            reading: "A constant.",
            source: ["include/net/tcp.h:tcp_mib_init"]),
    ]
}
