import Model
import Text

/// Clients wait because the program accepts too few connections; its queue still has room.
///
/// A client that has finished the handshake believes that it is connected: it sends its request and
/// waits until the program calls accept(). The fill level of the queue says little: 2000 clients
/// that nobody accepts fill half of a backlog of 4096 but 3 % of one of 65 535. Nothing overflows,
/// so no counter grows. The waiting time matters: the length of the queue divided by the
/// connections accepted per second. The queue is first in, first out
/// (`net/ipv4/inet_connection_sock.c:inet_csk_accept`), so a second look shows that rate: a client
/// of the first look that still waits was not accepted, and if all of them still wait, nobody was.
///
/// With an interval of 1 s or more: critical if 10 or more clients wait and none was accepted, or
/// if a client waits 10 s or longer; a warning from 1 s on; a notice for fewer than 10 clients,
/// unless listeners with fewer than 10 each have 50 together. If several sockets share a port
/// (SO_REUSEPORT), the clients of all of them count, and the finding names the program with the
/// fullest socket: each socket has its own queue, and a program that accepts from another one is
/// not to blame. With one look, or with a shorter interval without an accept(): a notice from 50
/// waiting clients on, at one listener or at many with few each; a notice from 10 on if half or
/// more of the port's sockets are empty, or if nothing shows that anybody was ever accepted; a
/// warning if 10 or more clients gave up before anybody accepted them (CLOSE_WAIT without a
/// process). Silent about full queues: `queue-overflowing` reports those.
///
/// Confirm: run `ss -ltn` twice: Recv-Q counts the waiting clients.
/// `timeout 5 strace -f -p PID,PID -e trace=accept,accept4`, with all processes that hold the
/// socket, shows whether the program accepts.
struct AcceptStalled: Rule {
    static let id = RuleID.acceptStalled
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.sockets], helped: [.interval])

    func findings(in situation: Situation) -> [Finding] {
        let waiting = situation.now.listeners
            .filter { $0.queue > 0 && !QueueOverflowing.speaks(of: $0) }
            .map { WaitingClients($0, in: situation) }
        let together = FewAtMany(waiting)
        return
            ((together.map { [finding($0, in: situation)] } ?? [])
            + waiting.filter { together?.covers($0) != true }
            .compactMap { finding($0, in: situation) })
            .sorted { $0.severity > $1.severity }
    }

    /// Listeners with too few clients each for a finding of their own, but many together.
    private struct FewAtMany {
        let members: [WaitingClients]
        /// None of those was accepted in the interval.
        let areStuck: Bool

        /// Nil if they are few together.
        init?(_ all: [WaitingClients]) {
            let few = all.filter { $0.total < WaitingClients.few }
            let stuck = few.filter(\.areStuck)
            let untold = few.filter { $0.interval == nil && !$0.areAccepted }
            areStuck = !stuck.isEmpty
            members = stuck.isEmpty ? untold : stuck
            guard members.count > 1, count >= WaitingClients.crowd else { return nil }
        }

        var count: Int { members.reduce(0) { $0 + $1.total } }

        func covers(_ other: WaitingClients) -> Bool {
            members.contains { $0.listener == other.listener }
        }

        /// The program that owns all of those listeners; nil if several do.
        var owner: Owner? {
            guard let first = members.first?.owner,
                members.allSatisfy({ $0.owner.name == first.name })
            else { return nil }
            return first
        }
    }

    private func finding(_ few: FewAtMany, in situation: Situation) -> Finding {
        let most = few.members.max { $0.total < $1.total }
        let place = most.map { $0.listener.address.with(port: $0.listener.port) } ?? ""
        let owner = few.owner
        return Finding(
            rule: id, severity: few.areStuck ? .critical : .notice,
            subject: owner?.name ?? "\(few.members.count.grouped) listeners", owner: owner,
            observed:
                "\(few.count.grouped) clients wait at \(few.members.count.grouped) listeners, "
                + "most at \(place) (\((most?.total ?? 0).grouped))"
                + (few.areStuck
                    ? " · none was accepted in \((situation.interval ?? 0).duration)" : ""),
            evidence: [
                "queue": .count(few.count), "listeners": .count(few.members.count),
            ],
            cause: few.areStuck
                ? "\(owner?.called ?? "the programs") accept\(owner == nil ? "" : "s") no "
                    + "connections: clients are connected and get no answer"
                : "the programs have not accepted these bursts yet, or accept no connections: one "
                    + "look cannot tell which",
            remedies: few.areStuck
                ? most.map { AcceptRemedies.all(for: $0, in: situation) } ?? []
                : [AcceptRemedies.lookTwice],
            proof: proof)
    }

    private let proof =
        "net/ipv4/inet_connection_sock.c:inet_csk_accept takes the oldest connection; "
        + "net/ipv4/tcp_minisocks.c:tcp_create_openreq_child (PassiveOpens); Recv-Q of a LISTEN "
        + "row is the length of the queue"

    private func finding(_ waiting: WaitingClients, in situation: Situation) -> Finding? {
        guard let severity = waiting.severity else { return nil }
        let listener = waiting.listener
        let count = waiting.count
        let total = waiting.total
        var parts = [
            "\(total.grouped) client\(total == 1 ? " waits" : "s wait") to be accepted"
                + (listener.sockets <= 1
                    ? ""
                    : listener.queued == nil
                        ? " in the fullest socket"
                        : " in \(listener.sockets.grouped) sockets, \(count.grouped) in the "
                            + "fullest")
        ]
        if !waiting.text.isEmpty { parts.append(waiting.text) }
        if !waiting.spread.isEmpty { parts.append(waiting.spread) }
        if waiting.gaveUp > 0 {
            parts.append(
                "\(waiting.gaveUp.grouped) of those not accepted gave up (CLOSE_WAIT)")
        }
        if let backlog = listener.backlog, backlog >= 0 {
            parts.append("accept queue \(count.grouped)/\(backlog.grouped)")
        }
        return Finding(
            rule: id, severity: severity, subject: listener.address.with(port: listener.port),
            owner: waiting.owner, observed: parts.joined(separator: " · "),
            evidence: waiting.evidence, cause: cause(waiting, in: situation),
            remedies: AcceptRemedies.all(for: waiting, in: situation),
            proof: proof)
    }

    private func cause(_ waiting: WaitingClients, in situation: Situation) -> String {
        if let reason = waiting.withoutService { return reason }
        let name = waiting.owner.called
        let files = situation.withoutDescriptors(waiting.owner)
        if !files.isEmpty { return files }
        if waiting.areUneven { return waiting.unevenness }
        if waiting.areStuck {
            return "\(name) accepts no connections: clients are connected and get no answer; "
                + (waiting.listener.backlog == nil
                    ? "the limit of its queue is unknown, so the queue may be full"
                    : "the queue has room, so no kernel counter grows")
        }
        if waiting.seconds != nil {
            return "\(name) accepts more slowly than connections arrive"
        }
        return waiting.gaveUp > 0
            ? "clients closed before \(name) accepted them; one look cannot tell whether it "
                + "accepts at all"
            : "\(name) has not accepted a burst yet, or does not accept at all: one look cannot "
                + "tell which"
    }
}
