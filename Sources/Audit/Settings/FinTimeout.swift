import Model

/// What `tcp_fin_timeout` makes of an orphaned FIN_WAIT2.
struct FinTimeout {
    /// The kernel's default, in seconds (`include/net/tcp.h:TCP_FIN_TIMEOUT`); up to it, the value is the lifetime.
    static let standard: Int64 = 60
    /// Below so many seconds the peer's late FIN or data is likely to get a RST: two lost segments take that long.
    static let shortest: Int64 = 5

    let value: Int64
    /// The line that sets it at boot.
    let assignment: Assignment?
    /// What that line sets.
    let planned: Int64?

    /// What is set now; if that could not be read, what boot will set; nil if neither is known.
    init?(_ situation: Situation) {
        guard let setting = situation.setting("net.ipv4.tcp_fin_timeout") else { return nil }
        let planned = situation.planned("net.ipv4.tcp_fin_timeout")
        assignment = planned?.assignment
        self.planned = planned?.numbers?.first
        guard let value = setting.numbers?.first ?? self.planned else { return nil }
        self.value = value
    }

    /// Seconds that an orphaned FIN_WAIT2 lives.
    var lifetime: Double { Self.lifetime(value) }

    /// Above 60 the socket waits for the excess, and then as a minisocket for the excess again.
    static func lifetime(_ value: Int64) -> Double {
        value <= standard ? Double(max(0, value)) : 2 * (Double(value) - Double(standard))
    }

    static let proof =
        "net/ipv4/tcp_input.c:tcp_rcv_state_process and tcp_timer.c:tcp_keepalive_timer: measured, "
        + "60 s at 60, 2.1 s at 61, 10.4 s at 65, 30.3 s at 75, 62.5 s at 90; TIME_WAIT lasted 61.4 "
        + "to 61.7 s at 1, 5, 60 and 120 (include/net/tcp.h:TCP_TIMEWAIT_LEN)"
}

extension Situation {
    /// FIN_WAIT2 sockets without a program.
    var orphanedFinWait2: Int {
        max(
            now.withoutInode[.finWait2],
            groups(with: .finWait2).reduce(0) { $0 + $1.orphanedFinWait2 })
    }
}
