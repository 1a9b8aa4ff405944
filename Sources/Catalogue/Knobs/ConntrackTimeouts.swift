extension Knob {
    /// How long connection tracking keeps a TCP entry, by the state it believes the connection to be in.
    ///
    /// The timer is set when the state changes: a new value does not touch the entries that exist (measured).
    static let conntrackTimeouts: [Knob] = [
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_established", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([432000]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives without a packet once the connection is open: 5 days.
                """,
            risk: """
                Shorter than the pauses of idle connections, entries vanish under them: \
                keepalive must be shorter still.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long the entry stays after both FINs; twice TCP's own 60 s, and counted \
                apart. A new SYN replaces it.
                """,
            myth: "It changes TCP's TIME_WAIT, or entries that exist. Both keep their timers.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_fin_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the first FIN, until that is acknowledged: mostly \
                a round trip. Then nf_conntrack_tcp_timeout_close_wait counts.
                """,
            myth:
                "It bounds half-closed connections. Those have nf_conntrack_tcp_timeout_close_wait.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_close_wait", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([60]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the first FIN was acknowledged: a half-closed \
                connection that sends on keeps it alive.
                """,
            risk: """
                Too short cuts a peer off that still sends after the other side's FIN.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_last_ack", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long an entry lives after the second FIN, waiting for its acknowledgement.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_syn_sent", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([120]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after a SYN that has not been answered.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_syn_recv", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([60]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after the SYN-ACK, waiting for the final ACK.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_close", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([10]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives after an RST.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_timeout_unacknowledged", unit: .seconds,
            type: .secondsInJiffies,
            initial: .fixed([300]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry lives at most while the last data is not acknowledged.",
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
