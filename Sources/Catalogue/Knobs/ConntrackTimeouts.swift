extension Knob {
    /// How long connection tracking keeps a TCP entry, by the state it believes the connection to be in.
    ///
    /// The kernel sets the timer when the state changes: a new value does not affect existing entries (measured).
    static let conntrackTimeouts: [Knob] = [
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_established", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([432000]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives without a packet once the connection is open: 5 days.
                """,
            risk: """
                If it is shorter than the pauses of idle connections, their entries disappear: \
                keepalive must be shorter still.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long the entry stays after both FINs: twice TCP's own 60 s, with its own \
                timer. A new SYN replaces the entry.
                """,
            myth:
                "It changes TCP's TIME_WAIT, or existing entries. In fact: both keep their timers.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_fin_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the first FIN, until the FIN is acknowledged: mostly \
                one round trip. After that nf_conntrack_tcp_timeout_close_wait applies.
                """,
            myth:
                """
                It limits half-closed connections. In fact: nf_conntrack_tcp_timeout_close_wait \
                does.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_close_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([60]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the first FIN was acknowledged: a half-closed \
                connection that continues to send keeps it alive.
                """,
            risk: """
                Too short a value cuts off a peer that still sends after the other end's FIN.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_last_ack", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the second FIN, until its acknowledgement.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_syn_sent", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after an unanswered SYN.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_syn_recv", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([60]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after the SYN-ACK, until the final ACK.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_close", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([10]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after a RST.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_unacknowledged", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([300]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives at most while the last data is unacknowledged.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_max_retrans", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([300]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives at most once nf_conntrack_tcp_max_retrans \
                retransmissions were seen.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
    ]
}
