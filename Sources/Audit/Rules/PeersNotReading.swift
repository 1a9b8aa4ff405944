import Model
import Text

/// A peer's program does not read: what this host sends stays in this host's own buffers.
///
/// A program that hangs leaves what it gets in its receive queue; its window closes, and this host
/// may send nothing more than a probe (the persist timer), after 0.2, 0.4, 0.8 … s up to 120 s. The
/// peer's kernel answers each probe, so the connection lives for ever: no counter grows, no segment
/// is lost, and what the program here writes fills its send buffer, until write() blocks or returns
/// EAGAIN. Do not confuse it with `TCPWantZeroWindowAdv` and `TCPToZeroWindowAdv`, which count
/// windows that this host closes.
///
/// The rule judges outgoing connections, by destination, at one look: a warning if two or more have
/// had a closed window for 3 s and they are half of the ESTABLISHED connections there; a notice if
/// 10 or more have. The doublings of the timer show for how long (`tcpi_backoff` of up to eight
/// sockets of a destination); a window that opens resets them, so the rule does not report a peer
/// that reads slowly. It does not judge a listener's connections: consumers pause by design. Silent
/// if the kernel's rows were not read by sock_diag.
///
/// Confirm: `ss -tnoi state established`: `timer:(persist,…)` and `backoff:` of 4 or more. Source:
/// net/ipv4/tcp_timer.c:tcp_probe_timer, net/ipv4/tcp_input.c:tcp_ack_probe. Measured: a peer that
/// does not read is at `backoff:4` after 6 s.
struct PeersNotReading: Rule {
    static let id = RuleID.peersNotReading
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections, .stalledPeers])

    /// One may be paused by hand.
    static let few = 2
    static let half = 0.5
    static let many = 10

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.stalledPeers ?? []).compactMap { peer -> Finding? in
            guard peer.closed > 0, peer.asked >= peer.closed else { return nil }
            // Of those that were asked, so many had a closed window for long: as many of the others.
            let share = Double(peer.closed) / Double(peer.asked)
            // Numbers of a file may be any.
            let closed = Int(min(Double(Int32.max), max(0, share * Double(peer.probing))))
            guard closed >= Self.few else { return nil }
            let open = max(closed, situation.established(to: peer))
            let isMost = Double(closed) >= Self.half * Double(open)
            guard isMost || closed >= Self.many else { return nil }
            return Self.finding(
                peer, closed, of: open, isMost ? .warning : .notice, in: situation)
        }.sorted { $0.severity > $1.severity }
    }

    private static func finding(
        _ peer: StalledPeer, _ closed: Int, of open: Int, _ severity: Severity,
        in situation: Situation
    ) -> Finding {
        let place = peer.address.with(port: peer.port)
        let owner = Owner.ofSome(
            peer.owners, looked: peer.samples.count, of: peer.probing &+ peer.sendingAgain)
        return Finding(
            rule: id, severity: severity, subject: place, owner: owner,
            observed: "\(closed.grouped) of \(open.counted("open connection")): the peer does not "
                + "read (closed window for 3 s and more, persist timer); "
                + "\(Int64(peer.bytes).bytes) wait in send queues",
            evidence: [
                "probing": .count(peer.probing), "asked": .count(peer.asked),
                "closed_for_long": .count(peer.closed), "established": .count(open),
                "waiting_bytes": .count(peer.bytes),
            ],
            cause:
                "the program at \(place) takes nothing from its receive queue: it hangs, or waits "
                + "for something else; its kernel answers, so the host is up",
            remedies: [
                Remedy(
                    .application,
                    "find out what the program at \(place) waits for (a lock, a slow disk, a full "
                        + "pool): an audit on that host names the program (read-stalled)",
                    command:
                        "ss -tnoi state established 'dst \(peer.address) and dport = :\(peer.port)'",
                    effect: "the command shows the persist timer and the Send-Q of each connection",
                    risk: "none: it only reads", undo: "nothing to revert"),
                Remedy(
                    .application,
                    "give \(owner?.called ?? "the program") a time limit for writing, and "
                        + "TCP_USER_TIMEOUT on the socket: keepalive does not end such a connection",
                    effect: "a request fails after the time you choose, instead of never",
                    risk: "ends connections to consumers that pause for longer",
                    undo: "remove the limit"),
            ],
            proof: "net/ipv4/inet_diag.c:inet_sk_diag_fill (timer 4: persist); "
                + "net/ipv4/tcp_timer.c:tcp_probe_timer")
    }
}

extension Situation {
    /// ESTABLISHED connections of this host to one address and port, as far as destinations are listed.
    func established(to peer: StalledPeer) -> Int {
        tuples.filter {
            $0.tuple.destination == peer.address && $0.tuple.port == peer.port
        }.reduce(0) { $0 &+ max(0, $1.ledger.states[.established]) }
    }
}
