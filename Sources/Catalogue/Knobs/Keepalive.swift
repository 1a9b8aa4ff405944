extension Knob {
    /// Probing idle connections, and giving up on them.
    static let keepalive: [Knob] = [
        Knob(
            "net.ipv4.tcp_keepalive_time", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([7200]), scope: .namespace, countsJiffies: true,
            meaning: """
                How long a connection with SO_KEEPALIVE is idle before the first probe. A running \
                timer keeps the old value until the kernel sets it again.
                """,
            myth: """
                The kernel probes every socket, and that cures CLOSE_WAIT. In fact: a peer that is \
                alive answers the probes, and the program must still close.
                """,
            source: ["net/ipv4/tcp_timer.c:tcp_keepalive_timer"]),
        Knob(
            "net.ipv4.tcp_keepalive_intvl", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([75]), scope: .namespace, countsJiffies: true,
            meaning: "The pause between two unanswered probes.",
            source: ["net/ipv4/tcp_timer.c:tcp_keepalive_timer"]),
        Knob(
            "net.ipv4.tcp_keepalive_probes", unit: .retries, type: .byte, initial: .fixed([9]),
            scope: .namespace,
            meaning: """
                How many unanswered probes end a connection, with ETIMEDOUT and a RST: after time \
                + probes · intvl, 2 h 11 min by default.
                """,
            risk: "Few probes close healthy connections in a short outage.",
            source: ["net/ipv4/tcp_timer.c:tcp_keepalive_timer"]),
    ]
}
