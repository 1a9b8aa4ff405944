import Model
import Text

/// Closed connections cannot deliver their last data: sockets stay in FIN_WAIT1 and CLOSING.
///
/// After close() the kernel still sends what is in the send buffer, then a FIN, and waits for the
/// acknowledgement: in FIN_WAIT1, or in CLOSING if the peer's FIN came first. That takes one round
/// trip. It lasts if the peer is gone, if something on the path drops what is sent, or if the peer
/// is there and does not read: its window is closed, and the kernel asks again and again whether it
/// has opened (zero window probes). Usually no process has the socket open any more, but its buffer
/// and its port stay in use: such sockets count as orphans (see `orphans-near-limit`).
///
/// The rule estimates how long a socket stays there: their number divided by those that leave per
/// second, which are the closes of the last 10 s that reached TIME_WAIT and the sockets that wait
/// for peers in FIN_WAIT2. A notice from 50 sockets on that have retransmitted their data or FIN,
/// or that stay for 10 s and longer by that estimate; a warning from 1000. With an earlier snapshot
/// the rule is silent if the number has fallen to less than half. Silent about any number of
/// sockets that pass within seconds.
///
/// Confirm: `ss -tano state fin-wait-1`: Send-Q is what the peer has not taken; `timer:(persist,…)`
/// is a closed window, `timer:(on,…)` a peer that does not answer. Source:
/// net/ipv4/tcp.c:__tcp_close; tcp_timer.c:tcp_probe_timer, tcp_orphan_retries.
struct FinWait1Stuck: Rule {
    static let id = RuleID.finWait1Stuck
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections])

    /// Sockets: with 10 s each, five closes per second that get no answer.
    static let many = 50
    /// Sockets from which it is more than a nuisance: each is an orphan with its buffers.
    static let veryMany = 1000
    /// Seconds in the state: several times the slowest round trip.
    static let longSeconds = 10.0
    /// The closes of so many seconds back tell the present rate.
    static let recentSeconds = 10

    func findings(in situation: Situation) -> [Finding] {
        let now = situation.now
        let count = now.states[.finWait1] + now.states[.closing]
        guard count >= Self.many else { return [] }
        let before = (situation.interval == nil ? nil : situation.earlier).map {
            $0.states[.finWait1] + $0.states[.closing]
        }
        if let before, before > 2 * count { return [] }
        let again = max(0, now.retransmitting[.finWait1]) + max(0, now.retransmitting[.closing])
        let leaving = Self.leavingPerSecond(situation)
        let seconds = leaving.flatMap { $0 > 0 ? Double(count) / $0 : nil }
        let lasts = leaving != nil && (seconds ?? .infinity) >= Self.longSeconds
        guard again >= Self.many || lasts else { return [] }
        let orphans = max(
            0, min(count, now.withoutInode[.finWait1] + now.withoutInode[.closing]))
        let most = situation.groups.max { Self.count($0) < Self.count($1) }
        let isOne = most.map { Self.count($0) * 2 > count } ?? false
        var observed =
            "\(now.states[.finWait1].grouped) sockets in FIN_WAIT1, "
            + "\(now.states[.closing].grouped) in CLOSING; \(orphans.grouped) of them have no "
            + "process"
        if let most, Self.count(most) > 0 {
            observed += "; \(Self.count(most).grouped) belong to \(most.subject)"
        }
        if again > 0 { observed += "; \(again.grouped) have retransmitted" }
        if let seconds {
            observed +=
                "; \((leaving ?? 0).figure)/s leave, so each stays about \(seconds.duration)"
        } else if lasts {
            observed += "; none left in the last \(Self.recentSeconds) s"
        }
        var evidence: [String: Evidence] = [
            "fin_wait1_sockets": .count(now.states[.finWait1]),
            "closing_sockets": .count(now.states[.closing]), "orphans": .count(orphans),
            "sent_again": .count(again),
        ]
        evidence["leaving_per_second"] = leaving.map { .number($0) }
        evidence["seconds_in_state"] = seconds.map { .number($0) }
        evidence["sockets_before"] = before.map { .count($0) }
        return [
            Finding(
                rule: id, severity: count >= Self.veryMany ? .warning : .notice,
                subject: most.flatMap { isOne ? $0.subject : nil } ?? "FIN_WAIT1",
                owner: most.flatMap { isOne ? $0.owner : nil }, observed: observed,
                evidence: evidence, cause: Self.cause(again, of: count),
                remedies: Self.remedies(again * 2 > count, in: situation),
                proof:
                    "net/ipv4/tcp.c:__tcp_close; net/ipv4/tcp_timer.c:tcp_probe_timer probes a "
                    + "peer with a closed window, tcp_orphan_retries limits retries to a peer that "
                    + "does not answer")
        ]
    }

    private static func count(_ group: SocketGroup) -> Int {
        group.states[.finWait1] + group.states[.closing]
    }

    /// Nil if the sockets' ages were not read.
    private static func leavingPerSecond(_ situation: Situation) -> Double? {
        let closings = situation.now.closings
        guard closings.count > recentSeconds else { return nil }
        let closed = closings.prefix(recentSeconds).reduce(0.0) { $0 + Double(max(0, $1)) }
        let waited = Double(max(0, situation.orphanedFinWait2))
        return closed / Double(recentSeconds) + waited / Double(ClosingHistory.seconds)
    }

    private static func cause(_ again: Int, of count: Int) -> String {
        again * 2 > count
            ? "the peers do not acknowledge this host's last data and FIN: they are gone, or "
                + "something on the path drops it"
            : "the peers do not take what this host sent before it closed: they are there but do "
                + "not read (closed window), or they are gone"
    }

    private static func remedies(_ isUnanswered: Bool, in situation: Situation) -> [Remedy] {
        [
            Remedy(
                .application,
                "see which peers take nothing and why; limit how long the program sends to one "
                    + "peer (TCP_USER_TIMEOUT, a send timeout)",
                command: "ss -Htno state fin-wait-1 | sort -k2 -rn | head",
                effect:
                    "Send-Q and the timer tell a closed window (persist) from a peer that is gone "
                    + "(on); a socket with a limit ends when its time is up",
                risk: "none to look; a limit cuts slow clients off sooner",
                undo: "remove the option",
                snippets: [
                    Snippet(
                        "nginx", programs: ["nginx"],
                        code: "send_timeout 30s;\nreset_timedout_connection on;"),
                    Snippet(
                        "HAProxy", programs: ["haproxy"], code: "tcp-ut 30s   # on the bind line"),
                ]),
            isUnanswered ? OrphanRetries(situation).remedy : nil,
        ].compactMap { $0 }
    }
}
