import Model
import Text

/// A listener's accept queue is full, or overflowed during the audit.
///
/// A connection that has finished its handshake waits in its listener's accept queue until the
/// program calls accept(). The queue takes one more than its backlog, which is the smaller of
/// listen()'s argument and `net.core.somaxconn` at that time. Once it is full, the kernel silently
/// drops new SYNs, so the client hangs in SYN_SENT and tries again after 1, 2, 3, 4, 5, 7, 11 … s
/// (before Linux 6.5: 1, 3, 7 … s); it also drops the last ACK of a handshake in progress, so the
/// client believes that it is connected while the server resends its SYN-ACK (with
/// `tcp_abort_on_overflow` it sends a RST). Each drop counts in `ListenOverflows` and `ListenDrops`
/// (`net/ipv4/tcp_input.c:tcp_conn_request`, `net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock`).
///
/// A listener's `sk_drops` counts how many of them it dropped itself since listen(): the finding
/// names the listener and that number if the kernel reports it. `sk_drops` also counts drops for
/// other reasons (a full SYN queue with cookies off, no memory), so the rule reports only if
/// `ListenOverflows` counted too.
///
/// Critical if the queue of a listener is full and it drops clients in the interval; if nobody is
/// accepted in the interval and 10 or more clients wait, or the full queue has dropped some; if one
/// look finds it full with 10 or more clients, or with drops since listen(). A warning if 10 or
/// more clients wait and one place is left, or nobody was dropped in the interval. A notice with
/// fewer clients and no drops, because listen(0) is full with its first client. After a burst that
/// is over: critical from five drops per second on, else a warning.
///
/// Confirm: in `ss -ltn`, Recv-Q above Send-Q is a full queue; `nstat -az TcpExtListenOverflows`
/// must grow. Two looks show most: `tcptune audit --interval 2s`. With one look the counter says
/// only that an overflow happened at some time since boot, which is no more than a notice. Silent
/// if no queue is full and the counter does not grow.
struct QueueOverflowing: Rule {
    static let id = RuleID.queueOverflowing
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.backlogs], helped: [.interval])
    static let profileSettings: Set<String> = ["net.core.somaxconn"]

    /// Overflows per second from which connections fail and are not merely late: the level at which common alarms turn
    /// from a warning to an emergency.
    static let criticalPerSecond = 5.0
    /// A queue this full at the second look is taken for the one that overflowed in between.
    static let suspectFill = 0.5
    /// One place is left of so many: a shorter queue is full with a client or two.
    static let fewAtLimit = 3
    /// So many suspects are named.
    static let namedSuspects = 3
    /// So many listeners that dropped connections get a finding each; the rest is in the counters.
    static let namedListeners = 5

    /// Whether a listener's queue is this rule's to judge, and not that of `accept-stalled`.
    static func speaks(of listener: Listener) -> Bool {
        guard let queue = AcceptQueue(listener) else { return false }
        return queue.isFull || (queue.isAtLimit && listener.queue >= Self.fewAtLimit)
    }

    func findings(in situation: Situation) -> [Finding] {
        let overflows = situation.reading("TcpExt", "ListenOverflows")
        let queues = situation.now.listeners.compactMap { AcceptQueue($0) }
        let full = queues.filter { Self.speaks(of: $0.listener) }
            .map { finding($0, overflows: overflows, in: situation) }
        let others = queues.filter { !Self.speaks(of: $0.listener) }
        let dropped = dropping(others, overflows: overflows, in: situation)
        if !full.isEmpty || !dropped.isEmpty {
            return (full + dropped).sorted { $0.severity > $1.severity }
        }
        guard let overflows else { return [] }
        if overflows.grows { return [passed(queues, overflows: overflows, in: situation)] }
        guard overflows.growth == nil, overflows.total > 0 else { return [] }
        return [once(queues, overflows: overflows, in: situation)]
    }

    /// Listeners with room that dropped connections: in the interval, or with one look since listen().
    private func dropping(
        _ queues: [AcceptQueue], overflows: CounterReading?, in situation: Situation
    ) -> [Finding] {
        guard let overflows, overflows.grows || (overflows.growth == nil && overflows.total > 0)
        else { return [] }
        return queues.compactMap { queue -> (AcceptQueue, ListenDrops)? in
            guard let drops = ListenDrops(of: queue.listener, in: situation),
                overflows.growth == nil ? drops.total > 0 : drops.grows
            else { return nil }
            return (queue, drops)
        }
        .sorted { ($0.1.growth ?? $0.1.total) > ($1.1.growth ?? $1.1.total) }
        .prefix(Self.namedListeners)
        .map { dropped($0, $1, overflows: overflows, in: situation) }
    }

    private func dropped(
        _ queue: AcceptQueue, _ drops: ListenDrops, overflows: CounterReading,
        in situation: Situation
    ) -> Finding {
        let listener = queue.listener
        let waiting = WaitingClients(listener, in: situation)
        let isNow = drops.grows
        let isCritical = isNow && (drops.perSecond ?? 0) >= Self.criticalPerSecond
        return Finding(
            rule: id, severity: isCritical ? .critical : isNow ? .warning : .notice,
            subject: queue.place, owner: waiting.owner,
            observed: "SYNs and ACKs dropped: \(drops.text); its queue has room now "
                + "(\(listener.queue.grouped)/\(queue.backlog.grouped)) · "
                + overflowText(overflows, in: situation),
            evidence: evidence(overflows, drops).merging(waiting.evidence) { old, _ in old },
            cause: isNow
                ? "connections arrive in bursts that are longer than the queue, before the program "
                    + "accepts them; " + refusal(in: situation)
                : "at some time connections arrived faster than \(waiting.owner.called) accepted "
                    + "them; one look cannot tell when",
            remedies: isNow
                ? (waiting.areStuck || waiting.areUneven
                    ? AcceptRemedies.all(for: waiting, in: situation)
                    : BacklogRemedies.all(for: queue, in: situation))
                : [lookAgain],
            proof: "include/net/tcp.h:tcp_listendrop (sk_drops and ListenDrops), "
                + "net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock (LINUX_MIB_LISTENOVERFLOWS)")
    }

    private func overflowText(_ overflows: CounterReading, in situation: Situation) -> String {
        "overflows in this namespace: "
            + (overflows.growthText ?? situation.sinceStart(overflows.total))
    }

    /// A queue that is full now.
    private func finding(
        _ queue: AcceptQueue, overflows: CounterReading?, in situation: Situation
    ) -> Finding {
        let listener = queue.listener
        let waiting = WaitingClients(listener, in: situation)
        let drops = ListenDrops(of: listener, in: situation)
        var parts = ["accept queue \(listener.queue.grouped)/\(queue.backlog.grouped)"]
        if listener.sockets > 1 {
            parts[0] += " in the fullest of \(listener.sockets.grouped) sockets"
        }
        if !waiting.text.isEmpty { parts.append(waiting.text) }
        if !waiting.spread.isEmpty { parts.append(waiting.spread) }
        if let drops { parts.append("SYNs and ACKs dropped: \(drops.text)") }
        if let overflows, drops == nil || overflows.total != Int64(drops?.total ?? 0) {
            parts.append(overflowText(overflows, in: situation))
        }
        if queue.requests > 0 {
            parts.append(
                "SYN_RECV \(queue.requests.grouped), "
                    + "\(max(0, listener.retransmittedRequests).grouped) of them with a resent "
                    + "SYN-ACK")
        }
        return Finding(
            rule: id, severity: severity(queue, waiting, drops, overflows),
            subject: queue.place, owner: waiting.owner, observed: parts.joined(separator: " · "),
            evidence: evidence(overflows, drops).merging([
                "queue": .count(listener.queue), "backlog": .count(queue.backlog),
                "sockets": .count(listener.sockets), "syn_recv": .count(queue.requests),
                "retransmitted_requests": .count(listener.retransmittedRequests),
            ]) { old, _ in old }.merging(waiting.evidence) { old, _ in old },
            cause: cause(waiting, in: situation) + "; " + refusal(in: situation),
            remedies: remedies(for: queue, waiting, in: situation),
            proof:
                "net/ipv4/tcp_input.c:tcp_conn_request, include/net/sock.h:sk_acceptq_is_full; "
                + "measured: listen(3) queues 4 connections; the kernel drops the next SYN and "
                + "counts it in ListenOverflows and ListenDrops"
        )
    }

    /// By what the listener itself dropped, if that is known; otherwise by the counter of the namespace.
    private func severity(
        _ queue: AcceptQueue, _ waiting: WaitingClients, _ drops: ListenDrops?,
        _ overflows: CounterReading?
    ) -> Severity {
        let isCrowd = waiting.count >= WaitingClients.few
        let grew = drops?.growth.map { $0 > 0 } ?? overflows?.growth.map { $0 > 0 }
        if let grew {
            // Nobody is accepted, the queue is full, and it did drop: the next client is dropped, too.
            let hasDropped = queue.isFull && (drops?.total ?? 0) > 0
            if grew || (waiting.areStuck && (isCrowd || hasDropped)) { return .critical }
            return isCrowd ? .warning : .notice
        }
        guard queue.isFull else { return isCrowd ? .warning : .notice }
        if isCrowd || (drops?.total ?? 0) > 0 { return .critical }
        return drops == nil && (overflows?.total ?? 0) > 0 ? .warning : .notice
    }

    private func cause(_ waiting: WaitingClients, in situation: Situation) -> String {
        if let reason = waiting.withoutService { return reason }
        let name = waiting.owner.called
        let files = situation.withoutDescriptors(waiting.owner)
        if !files.isEmpty { return files }
        if waiting.areUneven { return waiting.unevenness }
        if waiting.areStuck { return "\(name) accepts no connections" }
        if waiting.seconds != nil, waiting.areAccepted {
            return "connections arrive faster than \(name) accepts them"
        }
        return
            "connections arrive faster than the program accepts them, or it does not accept at all"
    }

    /// A queue overflowed in the interval and has room again.
    private func passed(
        _ queues: [AcceptQueue], overflows: CounterReading, in situation: Situation
    ) -> Finding {
        let suspects = suspects(among: queues)
        let critical = (overflows.perSecond ?? 0) >= Self.criticalPerSecond
        return Finding(
            rule: id, severity: critical ? .critical : .warning, subject: subject(suspects),
            owner: suspects.count == 1 ? suspects.first?.listener.owner : nil,
            observed:
                "accept queue overflowed \(overflows.growthText ?? ""); "
                + fullness(in: situation) + named(suspects),
            evidence: evidence(overflows, nil),
            cause:
                "connections arrive in bursts that are longer than the queue, before the program "
                + "accepts them; "
                + refusal(in: situation),
            remedies: suspects.first.map {
                remedies(for: $0, WaitingClients($0.listener, in: situation), in: situation)
            } ?? [lookAgain],
            proof:
                "net/ipv4/tcp_input.c:tcp_conn_request, net/ipv4/tcp_ipv4.c:tcp_v4_syn_recv_sock "
                + "(LINUX_MIB_LISTENOVERFLOWS)")
    }

    /// A queue overflowed at some time since boot.
    private func once(
        _ queues: [AcceptQueue], overflows: CounterReading, in situation: Situation
    ) -> Finding {
        let suspects = suspects(among: queues)
        return Finding(
            rule: id, severity: .notice, subject: subject(suspects),
            observed: "accept queue overflows: \(situation.sinceStart(overflows.total)); "
                + fullness(in: situation) + named(suspects),
            evidence: evidence(overflows, nil),
            cause:
                "at some time connections arrived faster than a program accepted them; one look "
                + "cannot tell when",
            remedies: [lookAgain],
            proof: "net/ipv4/tcp_input.c:tcp_conn_request (LINUX_MIB_LISTENOVERFLOWS)")
    }

    /// That no queue is full, or that this is not known: /proc/net/tcp shows no limit.
    private func fullness(in situation: Situation) -> String {
        let unknown = situation.now.listeners.filter { $0.backlog == nil && $0.queue > 0 }
        guard let most = unknown.max(by: { $0.queue < $1.queue }) else {
            return "no queue is full now"
        }
        return
            "the queue limits are unknown (/proc/net/tcp does not show them), so it is unknown "
            + "which queue is full; most clients wait at \(most.address.with(port: most.port)) "
            + "(\(most.queue.grouped))"
    }

    private var lookAgain: Remedy {
        Remedy(
            .application, "look twice, under load, to find the listener",
            command: "tcptune audit --interval 10s", effect: "shows the listener and its rate",
            risk: "none: it only reads", undo: "nothing to revert")
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
            ? "with tcp_abort_on_overflow a client in the handshake gets a RST; the kernel drops "
                + "new SYNs"
            : "the kernel silently drops new SYNs; clients hang in connect() and try again every "
                + "second until 5 s, then at doubling pauses (before Linux 6.5: after 1, 3, 7 s)"
    }

    private func evidence(
        _ overflows: CounterReading?, _ drops: ListenDrops?
    ) -> [String: Evidence] {
        var evidence: [String: Evidence] = [:]
        evidence["overflows"] = overflows.map { .count(Int(clamping: $0.total)) }
        evidence["overflows_per_second"] = overflows?.perSecond.map { .number($0) }
        evidence["drops"] = drops.map { .count($0.total) }
        evidence["drops_per_second"] = drops?.perSecond.map { .number($0) }
        return evidence
    }

    private func remedies(
        for queue: AcceptQueue, _ waiting: WaitingClients, in situation: Situation
    ) -> [Remedy] {
        let abort = Remedy.writing(
            "net.ipv4.tcp_abort_on_overflow", "1", in: situation, kind: .lastResort,
            text: "answer with a RST, so that a load balancer in front tries another server at "
                + "once",
            effect:
                "clients in the handshake fail at once instead of after seconds; the kernel still "
                + "drops SYNs",
            risk: "every short burst becomes a hard failure, though the queue would have recovered")
        return AcceptRemedies.all(for: waiting, in: situation)
            + (AcceptRemedies.helpsLongerQueue(waiting)
                ? BacklogRemedies.all(for: queue, in: situation) : [])
            + [abort]
    }
}
