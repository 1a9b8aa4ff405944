import Model
import Text

/// A program has called shutdown() and waits for peers that do not close: its sockets stay in
/// FIN_WAIT2 without a time limit.
///
/// shutdown(SHUT_WR) sends a FIN and keeps the socket: the program still wants to read what the
/// peer sends. The socket stays in FIN_WAIT2 until the peer closes. tcp_fin_timeout does not end
/// it: that timer is for sockets without a process (see `fin-wait2-orphans`; measured: 96 s and
/// longer with a timeout of 5 s). Each such socket takes a descriptor and, at the connecting end, a
/// port.
///
/// A notice if 50 or more sockets of one listener or one destination are open in FIN_WAIT2 and they
/// are a fifth of those not in TIME_WAIT; a warning from 200 on, or if they grew over the interval.
/// From 200 sockets on that are spread over more than is listed, one finding for all. With an
/// earlier snapshot the rule is silent if the number has fallen to less than half. Some protocols
/// use half-closed connections, a few at a time; silent below, and if sockets without a process
/// were not counted separately.
///
/// Confirm: `ss -tanp state fin-wait-2`: sockets of a program show its name and no timer. Source:
/// net/ipv4/tcp.c:tcp_shutdown, __tcp_close (only there the kernel sets the timer).
struct FinWait2Held: Rule {
    static let id = RuleID.finWait2Held
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections])

    /// Sockets: a program that half-closes has a few at a time, for a round trip each.
    static let many = 50
    /// Sockets: a program that waits for so many has no limit on how long it waits.
    static let veryMany = 200
    /// Share of the sockets not in TIME_WAIT: below, it is a busy service that half-closes.
    static let share = 0.2

    func findings(in situation: Situation) -> [Finding] {
        let states = situation.now.states
        let held = max(0, states[.finWait2] - max(0, situation.now.withoutInode[.finWait2]))
        guard held >= Self.many else { return [] }
        let before = situation.heldFinWait2Before
        var told = 0
        var findings = situation.groups(with: .finWait2).compactMap { group -> Finding? in
            guard let count = group.heldFinWait2, count >= Self.many,
                Double(count) >= Self.share * Double(group.live)
            else { return nil }
            told += count
            let old = before[group.place]
            guard (old ?? 0) <= 2 * count else { return nil }
            return Self.finding(
                group.subject, count, before: old, of: group.live, owner: group.owner,
                in: situation)
        }
        let rest = held - told
        if rest >= Self.veryMany,
            Double(rest) >= Self.share * Double(states.total - states[.timeWait])
        {
            let owner = situation.now.stateSamples?.first { $0.state == .finWait2 }?.owners
                .max { $0.sockets < $1.sockets }?.owner
            findings.append(
                Self.finding(
                    owner?.name ?? "FIN_WAIT2", rest, before: nil,
                    of: states.total - states[.timeWait], owner: owner, in: situation))
        }
        return findings.sorted { $0.severity > $1.severity }
    }

    private static func finding(
        _ subject: String, _ count: Int, before: Int?, of live: Int, owner: Owner?,
        in situation: Situation
    ) -> Finding {
        let name = owner?.called ?? "a program"
        let grows = before.map { $0 < count } ?? false
        var observed =
            "\(count.grouped) of \(live.grouped) sockets are in FIN_WAIT2 and open in a process"
        var evidence: [String: Evidence] = ["fin_wait2_held": .count(count)]
        if let before, let interval = situation.interval {
            observed += "; \(interval.duration) earlier: \(before.grouped)"
            evidence["fin_wait2_held_before"] = .count(before)
        }
        return Finding(
            rule: id, severity: count >= veryMany || grows ? .warning : .notice,
            subject: subject, owner: owner, observed: observed, evidence: evidence,
            cause:
                "\(name) has called shutdown() and waits for the peers to close; they do not, and "
                + "no kernel timer ends a socket that a process has open",
            remedies: [
                Remedy(
                    .application,
                    "make \(name) call close() if the peer has not closed within a time limit",
                    effect:
                        "ends up to \(count.grouped) of them and frees their descriptors; the kernel "
                        + "then waits tcp_fin_timeout at most",
                    risk: "data that the peer sends later gets a RST",
                    undo: "remove the time limit",
                    snippets: [
                        Snippet(
                            "HAProxy", programs: ["haproxy"],
                            code: "timeout client-fin 30s\ntimeout server-fin 30s"),
                        Snippet("nginx", programs: ["nginx"], code: "lingering_timeout 5s;"),
                        Snippet(
                            "Go net", programs: [],
                            code:
                                "conn.CloseWrite(); conn.SetReadDeadline(time.Now().Add(30 * time.Second))"
                        ),
                    ]),
                Remedy(
                    .application,
                    "find out why the peers do not close: a leak there (CLOSE_WAIT at the peer), "
                        + "or a peer that is gone; keepalive (SO_KEEPALIVE) finds peers that are "
                        + "gone",
                    effect: "FIN_WAIT2 then lasts one round trip", risk: "none to look",
                    undo: "none needed"),
            ],
            proof:
                "net/ipv4/tcp.c:tcp_shutdown sets no timer, __tcp_close does; measured: shutdown() "
                + "alone with tcp_fin_timeout 5, FIN_WAIT2 for 96 s and longer")
    }
}

extension Situation {
    /// FIN_WAIT2 sockets of a process in the earlier snapshot, by listener and tuple; empty without one.
    var heldFinWait2Before: [SocketGroup.Place: Int] {
        guard interval != nil, let earlier else { return [:] }
        let listeners = earlier.listeners.compactMap { listener in
            listener.heldFinWait2.map {
                (SocketGroup.Place.listener(listener.address, port: listener.port), $0)
            }
        }
        let tuples = earlier.tuples.compactMap { ledger in
            ledger.heldFinWait2.map { (SocketGroup.Place.tuple(ledger.tuple), $0) }
        }
        return Dictionary(listeners + tuples) { first, _ in first }
    }
}
