extension KernelCounter {
    /// The counters of RFC 4022, as Linux keeps them.
    static let tcp: [KernelCounter] = [
        KernelCounter(
            "Tcp", "ActiveOpens",
            meaning: "connect() sent its SYN; failed ones count.",
            reading: "New outbound connections.",
            source: ["net/ipv4/tcp_output.c:tcp_connect"]),
        KernelCounter(
            "Tcp", "PassiveOpens",
            meaning: "A connection was made by the client's last ACK.",
            reading: "New inbound connections.",
            myth: "It counts SYNs.",
            source: ["net/ipv4/tcp_minisocks.c:tcp_create_openreq_child"]),
        KernelCounter(
            "Tcp", "AttemptFails",
            meaning: """
                A connect() failed, or a client broke a handshake off by RST or SYN. What only \
                times out half open does not count.
                """,
            reading: "Refused or unanswered connects, and handshakes that clients broke off.",
            source: ["net/ipv4/tcp.c:tcp_done", "net/ipv4/tcp_minisocks.c:tcp_check_req"]),
        KernelCounter(
            "Tcp", "EstabResets",
            meaning: "A connection went from ESTABLISHED or CLOSE_WAIT straight to CLOSE.",
            reading: "Resets sent or received, and connections given up.",
            myth: "It counts received resets only.",
            source: ["net/ipv4/tcp.c:tcp_set_state"]),
        KernelCounter(
            "Tcp", "CurrEstab",
            meaning: "Connections in ESTABLISHED and CLOSE_WAIT, now.",
            reading: "With many in CLOSE_WAIT it is higher than the open connections.",
            source: ["net/ipv4/tcp.c:tcp_set_state"]),
        KernelCounter(
            "Tcp", "InSegs",
            meaning: "Segments received, bad ones too.",
            reading: "The volume that other counters are measured against.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "OutSegs",
            meaning: "Segments sent, without retransmissions.",
            reading: "RetransSegs over OutSegs is the retransmission rate.",
            source: ["net/ipv4/tcp_output.c:__tcp_transmit_skb"]),
        KernelCounter(
            "Tcp", "RetransSegs",
            meaning: "Segments sent again, SYN and SYN-ACK too.",
            reading: "Above 1 % of OutSegs something on the path or at a peer loses packets.",
            source: ["net/ipv4/tcp_output.c:__tcp_retransmit_skb"]),
        KernelCounter(
            "Tcp", "InErrs",
            meaning: "Segments received that were broken.",
            reading: "See InCsumErrors.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "InCsumErrors",
            meaning: "Segments received with a wrong checksum.",
            reading: "Broken hardware or offload.",
            source: ["net/ipv4/tcp_ipv4.c:tcp_v4_rcv"]),
        KernelCounter(
            "Tcp", "OutRsts",
            meaning: "RSTs sent.",
            reading: "SYNs to closed ports, data for closed connections, aborts of this side.",
            source: [
                "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset",
                "net/ipv4/tcp_output.c:tcp_send_active_reset",
            ]),
        KernelCounter(
            "Tcp", "RtoAlgorithm",
            meaning: "How the retransmission timer is worked out: 1, which the MIB calls other.",
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
            meaning: "The limit of connections: -1, for there is none.",
            reading: "A constant.",
            source: ["include/net/tcp.h:tcp_mib_init"]),
    ]
}
