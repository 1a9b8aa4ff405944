import Model
import Text

/// This host has closed, the peer has not: many sockets without a program wait in FIN_WAIT2.
///
/// After close() the kernel sends a FIN and, once that is acknowledged, waits in FIN_WAIT2 for the
/// peer's FIN. No program has the socket open any more. If the peer never closes (it leaks
/// connections, see close-wait-leak, or is gone), the state lasts tcp_fin_timeout. The port is
/// taken for that time, and tcp_tw_reuse does not free it: reuse is for TIME_WAIT only. Sockets
/// that a program keeps open after shutdown() are not orphans and have no such timer.
///
/// A warning if a destination has a tenth of its usable ports in orphaned FIN_WAIT2; a notice if
/// the namespace has 1000 or more. Orphans have no inode. Silent below, because every close spends
/// a second in this state.
///
/// This is the one thing that tcp_fin_timeout is for: the lifetime is its value up to 60, and 2 ×
/// (value − 60) above. Confirm: `ss -tanop state fin-wait-2`: orphans show timer:(timewait,…) and
/// no process. Source: net/ipv4/tcp.c:__tcp_close; tcp_input.c:tcp_rcv_state_process. Measured: 100
/// ports in FIN_WAIT2, reuse 1: no new connection.
struct FinWait2Orphans: Rule {
    static let id = RuleID.finWait2Orphans
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections])
    static let profileSettings: Set<String> = ["net.ipv4.tcp_fin_timeout"]

    /// Share of a tuple's usable ports: a tenth of what connect() may use is out of reach of any reuse.
    static let portRatio = 0.1
    /// Sockets of the namespace; with 60 s each, some 17 closes per second that the peer does not answer.
    static let many = 1000

    func findings(in situation: Situation) -> [Finding] {
        let usable = situation.budget.usable
        let tuples = situation.tuples.compactMap { tuple -> Finding? in
            let orphans = max(0, min(tuple.ledger.states[.finWait2], tuple.ledger.withoutInode))
            guard usable > 0, Double(orphans) >= Self.portRatio * Double(usable) else { return nil }
            let share = Double(orphans) / Double(usable)
            return Self.finding(
                .warning, tuple.tuple.text, owner: situation.owner(of: tuple.ledger),
                observed: "\(orphans.grouped) of \(usable.grouped) ports (\(share.percent)) in "
                    + "FIN_WAIT2 without a process",
                orphans: orphans, in: situation)
        }
        guard tuples.isEmpty else { return tuples }
        let orphans = situation.orphanedFinWait2
        guard orphans >= Self.many,
            let most = situation.groups.max(by: { $0.orphanedFinWait2 < $1.orphanedFinWait2 })
        else { return [] }
        return [
            Self.finding(
                .notice, "FIN_WAIT2", owner: nil,
                observed: "\(orphans.grouped) sockets in FIN_WAIT2 without a process, "
                    + "\(most.orphanedFinWait2.grouped) of them belong to \(most.subject)",
                orphans: orphans, in: situation)
        ]
    }

    private static func finding(
        _ severity: Severity, _ subject: String, owner: Owner?, observed: String, orphans: Int,
        in situation: Situation
    ) -> Finding {
        let timeout = FinTimeout(situation)
        var evidence: [String: Evidence] = [
            "fin_wait2_orphans": .count(orphans),
            "fin_wait2_sockets": .count(situation.now.states[.finWait2]),
        ]
        evidence["tcp_fin_timeout_seconds"] = timeout.map { .count(Int(clamping: $0.value)) }
        evidence["fin_wait2_lifetime_seconds"] = timeout.map { .number($0.lifetime) }
        let lifetime = timeout.map { " for \($0.lifetime.duration)" } ?? ""
        return Finding(
            rule: id, severity: severity, subject: subject, owner: owner, observed: observed,
            evidence: evidence,
            cause: "this host closes first and the peer does not close: the kernel waits for the "
                + "peer's FIN\(lifetime), and cannot reuse a port in FIN_WAIT2",
            remedies: [
                Remedy(
                    .application,
                    "make the peer close when it reads the end, or make it close first",
                    effect: "FIN_WAIT2 then lasts one round trip",
                    risk: "the host that closes first has the TIME_WAIT", undo: "remove the change"),
                timeout.flatMap { shorter($0, orphans: orphans) },
            ].compactMap { $0 },
            proof: "net/ipv4/tcp.c:__tcp_close, tcp_ipv4.c:tcp_twsk_unique (TIME_WAIT only); "
                + "measured: 100 ports in FIN_WAIT2 with reuse 1 gave no new connection, and "
                + "tcp_fin_timeout 5 freed them after 5.3 s")
    }

    /// Half a minute keeps room for a peer that answers late; it is what the setting is for.
    private static func shorter(_ timeout: FinTimeout, orphans: Int) -> Remedy? {
        guard timeout.lifetime > 30 else { return nil }
        let left = Double(orphans) * 30 / timeout.lifetime
        return Remedy(
            .knob,
            "make the kernel wait only 30 s (net.ipv4.tcp_fin_timeout \(timeout.value) → 30)",
            command: ShippedProfile.finWaitRelief.command,
            effect: "about \(left.wholeFigure) instead of \(orphans.grouped) at the same rate; "
                + "sockets that already wait keep their time",
            risk: "data or a FIN that the peer sends after 30 s gets a RST; it does not shorten "
                + "TIME_WAIT",
            undo: ShippedProfile.undo)
    }
}
