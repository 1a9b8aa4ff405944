import HostState

/// A listener's accept queue is full, or overflowed while we looked.
///
/// A connection whose handshake is over waits in its listener's accept queue until the program
/// calls accept(). The queue takes one more than its backlog, which is the smaller of listen()'s
/// argument and `net.core.somaxconn` at that time. Once it is full the kernel drops new SYNs
/// without a word, so the client hangs in SYN_SENT and tries again after 1, 3, 7 … s; the last ACK
/// of a handshake that is under way is dropped as well, so the client believes it is connected
/// while the server sends its SYN-ACK again (with `tcp_abort_on_overflow` it sends RST). Each drop
/// counts in `ListenOverflows` and `ListenDrops` (`net/ipv4/tcp_input.c:tcp_conn_request`,
/// `net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock`).
///
/// Confirm: in `ss -ltn`, Recv-Q above Send-Q is a full queue; `nstat -az
/// TcpExtListenOverflows` must grow. Two looks tell most: `tcptune audit --interval 2s`. From one
/// look the counter says only that it happened some time since boot, which is no more than a
/// notice. Silent where no queue is full and the counter stands still.
struct QueueOverflowing: Rule {
    static let id = "queue-overflowing"

    /// Overflows a second from which connections are failing and not merely late: the level at
    /// which the alarms in the field turn from a warning to an emergency.
    static let criticalPerSecond = 5.0
    /// A queue this full at the second look is taken for the one that overflowed in between.
    static let suspectFill = 0.5
    /// So many suspects are named.
    static let namedSuspects = 3

    func findings(in situation: Situation) -> [Finding] {
        let overflows = situation.reading("TcpExt", "ListenOverflows")
        let queues = situation.now.listeners.compactMap { AcceptQueue($0) }
        let full = queues.filter { $0.isFull || $0.isAtLimit }
        guard full.isEmpty else {
            return full.map { finding($0, overflows: overflows, in: situation) }
                .sorted { $0.severity > $1.severity }
        }
        guard let overflows else { return [] }
        if overflows.grows { return [passed(queues, overflows: overflows, in: situation)] }
        guard overflows.growth == nil, overflows.total > 0 else { return [] }
        return [once(queues, overflows: overflows, in: situation)]
    }

    /// A queue that is full now.
    private func finding(
        _ queue: AcceptQueue, overflows: CounterReading?, in situation: Situation
    ) -> Finding {
        let listener = queue.listener
        let grows = overflows?.growth.map { $0 > 0 }
        let failing = queue.isFull ? grows ?? true : grows ?? false
        var parts = ["accept queue \(listener.queue.grouped)/\(queue.backlog.grouped)"]
        if listener.sockets > 1 {
            parts[0] += " in the fullest of \(listener.sockets.grouped) sockets"
        }
        if let overflows {
            parts.append(
                overflows.growthText.map { "overflows in this namespace: \($0)" }
                    ?? "overflows in this namespace: \(situation.sinceStart(overflows.total))")
        }
        if queue.requests > 0 {
            parts.append(
                "SYN_RECV \(queue.requests.grouped), to "
                    + "\(max(0, listener.retransmittedRequests).grouped) of "
                    + "them the SYN-ACK was sent again")
        }
        return Finding(
            rule: id, severity: failing ? .critical : .warning, subject: queue.place,
            owner: listener.owner, observed: parts.joined(separator: " · "),
            evidence: evidence(overflows).merging([
                "queue": .count(listener.queue), "backlog": .count(queue.backlog),
                "sockets": .count(listener.sockets), "syn_recv": .count(queue.requests),
                "retransmitted_requests": .count(listener.retransmittedRequests),
            ]) { old, _ in old },
            cause:
                "connections arrive faster than the program accepts them, or it does not accept "
                + "at all; "
                + refusal(in: situation),
            remedies: remedies(for: queue, in: situation),
            proof:
                "net/ipv4/tcp_input.c:tcp_conn_request, include/net/sock.h:sk_acceptq_is_full; "
                + "measured: "
                + "listen(3) holds 4, the next SYN is dropped and counted in ListenOverflows and "
                + "ListenDrops"
        )
    }

    /// Overflowed in the interval, and has room again.
    private func passed(
        _ queues: [AcceptQueue], overflows: CounterReading, in situation: Situation
    ) -> Finding {
        let suspects = suspects(among: queues)
        let critical = (overflows.perSecond ?? 0) >= Self.criticalPerSecond
        return Finding(
            rule: id, severity: critical ? .critical : .warning, subject: subject(suspects),
            owner: suspects.count == 1 ? suspects.first?.listener.owner : nil,
            observed:
                "accept queue overflowed \(overflows.growthText ?? ""); no queue is full at this moment"
                + named(suspects),
            evidence: evidence(overflows),
            cause:
                "connections arrive in bursts that the queue cannot hold until the program "
                + "accepts them; "
                + refusal(in: situation),
            remedies: suspects.first.map { remedies(for: $0, in: situation) }
                ?? [lookAgain],
            proof:
                "net/ipv4/tcp_input.c:tcp_conn_request, net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock "
                + "(LINUX_MIB_LISTENOVERFLOWS)")
    }

    /// Overflowed some time since boot.
    private func once(
        _ queues: [AcceptQueue], overflows: CounterReading, in situation: Situation
    ) -> Finding {
        let suspects = suspects(among: queues)
        return Finding(
            rule: id, severity: .notice, subject: subject(suspects),
            observed: "accept queue overflows: \(situation.sinceStart(overflows.total)); "
                + "no queue is full at this moment" + named(suspects),
            evidence: evidence(overflows),
            cause:
                "at some time connections came faster than a program accepted them; one look "
                + "cannot tell when",
            remedies: [lookAgain],
            proof: "net/ipv4/tcp_input.c:tcp_conn_request (LINUX_MIB_LISTENOVERFLOWS)")
    }

    private var lookAgain: Remedy {
        Remedy(
            .application, "look twice, under load, to see which listener it is",
            command: "tcptune audit --interval 10s", effect: "names the listener and its rate",
            risk: "none: it only reads", undo: "nothing to undo")
    }

    private func suspects(among queues: [AcceptQueue]) -> [AcceptQueue] {
        queues
            .filter { $0.listener.retransmittedRequests > 0 || $0.fill >= Self.suspectFill }
            .sorted { ($0.fill, $0.requests) > ($1.fill, $1.requests) }
    }

    private func subject(_ suspects: [AcceptQueue]) -> String {
        suspects.isEmpty
            ? "accept queues"
            : suspects.prefix(Self.namedSuspects).map(\.place).joined(separator: ", ")
    }

    private func named(_ suspects: [AcceptQueue]) -> String {
        guard let first = suspects.first else { return "" }
        return "; fullest is \(first.place) with \(first.listener.queue.grouped)/"
            + "\(first.backlog.grouped), SYN_RECV \(first.requests.grouped)"
    }

    private func refusal(in situation: Situation) -> String {
        (situation.number("net.ipv4.tcp_abort_on_overflow") ?? 0) != 0
            ? "with tcp_abort_on_overflow a client whose handshake is under way gets RST, new "
                + "SYNs are dropped"
            : "new SYNs are dropped silently, clients hang in connect() and try again after 1, "
                + "3, 7 s"
    }

    private func evidence(_ overflows: CounterReading?) -> [String: Evidence] {
        var evidence: [String: Evidence] = [:]
        evidence["overflows"] = overflows.map { .count(Int(clamping: $0.total)) }
        evidence["overflows_per_second"] = overflows?.perSecond.map { .number($0) }
        return evidence
    }

    private func remedies(for queue: AcceptQueue, in situation: Situation) -> [Remedy] {
        let accept = Remedy(
            .application,
            "see why accept() comes too late: all workers busy, a lock, or no descriptor left "
                + "(EMFILE leaves "
                + "connections in the queue); add workers, or let several sockets share the port "
                + "(SO_REUSEPORT)",
            command: "ss -ltnp 'sport = :\(queue.listener.port)'",
            effect: "the \(queue.listener.queue.grouped) waiting connections go down to about none",
            risk: "more workers need more memory and put more load on what lies behind them",
            undo: "take the workers away again")
        let abort = Remedy.writing(
            "net.ipv4.tcp_abort_on_overflow", "1", in: situation, kind: .lastResort,
            text: "answer with RST, so that a balancer in front turns to another server at once",
            effect:
                "clients whose handshake is under way fail now and not after seconds; SYNs are "
                + "still dropped",
            risk: "every short burst becomes a hard failure that the queue would have outlived")
        return [accept] + BacklogRemedies.all(for: queue, in: situation) + [abort]
    }
}
