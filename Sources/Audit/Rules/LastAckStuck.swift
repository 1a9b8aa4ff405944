import Model
import Text

/// Many sockets wait in LAST_ACK for an acknowledgement that does not come.
///
/// The peer closed, this host closed after it, and the peer does not acknowledge this host's FIN.
/// Normally that takes one round trip; many sockets in LAST_ACK mean that the peers are gone or
/// that something on the path drops the FIN or its answer: a firewall or a NAT that forgot the
/// connection with the first FIN, a load balancer that does not wait, a peer that was reset. The
/// socket has no program any more; the kernel sends the FIN again tcp_orphan_retries times (0 acts
/// as 8) and gives up.
///
/// A notice from 100 such sockets on if they are a tenth of those not in TIME_WAIT; a warning from
/// 1000. With an earlier snapshot the rule is silent if the number has fallen to less than half.
///
/// They count as orphans (see orphans-near-limit) and hold their ports. Confirm:
/// `ss -tano state last-ack`: the timer shows (on,…) with a growing number of tries. Source:
/// net/ipv4/tcp_timer.c:tcp_orphan_retries, tcp_write_timeout. Measured: 1 try ends after 2.2 s, 2
/// after 5.1 s, 4 after 9.8 s; with 0 the last FIN went out at 78 s.
struct LastAckStuck: Rule {
    static let id = RuleID.lastAckStuck
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections])

    /// Sockets: at a round trip of 100 ms, a thousand closes per second in flight.
    static let many = 100
    /// Sockets from which it is more than a nuisance: each is an orphan with its buffers.
    static let veryMany = 1000
    /// Share of the sockets not in TIME_WAIT: a busy server has some in flight at any time.
    static let share = 0.1

    func findings(in situation: Situation) -> [Finding] {
        let states = situation.now.states
        let count = states[.lastAck]
        let live = states.total - states[.timeWait]
        guard count >= Self.many, Double(count) >= Self.share * Double(live) else { return [] }
        let before = situation.interval == nil ? nil : situation.earlier?.states[.lastAck]
        if let before, before > 2 * count { return [] }
        let most = situation.groups.max { $0.states[.lastAck] < $1.states[.lastAck] }
        let share = Double(count) / Double(live)
        var observed = "\(count.grouped) of \(live.grouped) sockets in LAST_ACK (\(share.percent))"
        if let most, most.states[.lastAck] > 0 {
            observed += ", \(most.states[.lastAck].grouped) of them belong to \(most.subject)"
        }
        var evidence: [String: Evidence] = [
            "last_ack_sockets": .count(count), "last_ack_ratio": .number(share),
            "fin_wait1_sockets": .count(states[.finWait1]),
            "closing_sockets": .count(states[.closing]),
        ]
        evidence["last_ack_sockets_before"] = before.map { .count($0) }
        evidence["retransmitted_segments_per_second"] =
            situation.rate("Tcp", "RetransSegs").map { .number($0) }
        return [
            Finding(
                rule: Self.id, severity: count >= Self.veryMany ? .warning : .notice,
                subject: most.map { $0.states[.lastAck] * 2 > count ? $0.subject : "LAST_ACK" }
                    ?? "LAST_ACK",
                observed: observed, evidence: evidence,
                cause: "the peers closed first and do not acknowledge this host's FIN: they are "
                    + "gone, or something on the path drops it",
                remedies: [
                    Remedy(
                        .application,
                        "check what is on the path: a firewall, NAT or load balancer that drops a "
                            + "connection at the first FIN (`tcpdump 'tcp[tcpflags] & tcp-fin != "
                            + "0'`)",
                        effect: "LAST_ACK then lasts one round trip", risk: "none to look",
                        undo: "none needed"),
                    OrphanRetries(situation).remedy,
                ].compactMap { $0 },
                proof:
                    "net/ipv4/tcp_timer.c:tcp_orphan_retries; measured: 4 tries end after 9.8 s, "
                    + "0 sends the last FIN at 78 s")
        ]
    }
}
