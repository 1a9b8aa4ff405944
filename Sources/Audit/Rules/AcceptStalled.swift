import Model
import Text

/// Clients wait to be accepted: the program accepts nobody, or too slowly, though its queue has room.
///
/// A client whose handshake is over believes that it is connected, sends its request and waits,
/// until the program calls accept(). How full the queue is says little: 2000 clients that nobody
/// accepts are half of a backlog of 4096 and 3 % of one of 65 535, and nothing overflows, so no
/// counter counts. What counts is how long a client waits: the queue divided by the connections
/// accepted per second. The queue is first in, first out
/// (`net/ipv4/inet_connection_sock.c:inet_csk_accept`), so a second look tells that rate: who of
/// the first look still waits was not accepted, and where all of them wait nobody was.
///
/// With an interval of a second or more: critical where 10 or more wait and none was accepted, or
/// where a client waits 10 s or longer; a warning from 1 s on; fewer than 10 clients are a notice,
/// unless listeners with fewer each have 50 together. Where several sockets share a port
/// (SO_REUSEPORT) the clients of all of them count, and the program named is the one that holds the
/// fullest socket: each has a queue of its own, and who accepts from another is not to blame.
/// With one look, or a shorter interval without an accept(): a notice from 50 waiting clients on,
/// of one listener or of many with few each; from 10 where half of the port's sockets or more are
/// empty, or where nothing shows that anybody was ever accepted; a warning where 10 or more clients
/// have given up before anybody accepted them (CLOSE_WAIT without a process). Silent about full
/// queues: `queue-overflowing` speaks of those.
///
/// Confirm: `ss -ltn` twice: Recv-Q is the clients that wait. `timeout 5 strace -f -p PID -e
/// trace=accept,accept4` shows whether the program accepts.
struct AcceptStalled: Rule {
    static let id = "accept-stalled"

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

    /// Listeners with fewer clients each than a word is worth, and with many together.
    private struct FewAtMany {
        let members: [WaitingClients]
        /// None of those was accepted in the interval.
        let areStuck: Bool

        /// Nil where they are few together.
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

        /// The program that holds all of those listeners; nil where several do.
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
                ? "\(owner?.called ?? "the programs") accept\(owner == nil ? "" : "s") nobody: "
                    + "clients are connected and get no answer"
                : "bursts that have not been accepted yet, or nobody accepts: one look does not "
                    + "tell which",
            remedies: few.areStuck
                ? most.map { AcceptRemedies.all(for: $0, in: situation) } ?? []
                : [AcceptRemedies.lookTwice],
            proof: proof)
    }

    private let proof =
        "net/ipv4/inet_connection_sock.c:inet_csk_accept takes the oldest; "
        + "net/ipv4/tcp_minisocks.c:tcp_create_openreq_child (PassiveOpens); the queue is "
        + "Recv-Q of a LISTEN row"

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
                "\(waiting.gaveUp.grouped) of those not accepted have given up (CLOSE_WAIT)")
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
        let name = waiting.owner.called
        let files = situation.withoutDescriptors(waiting.owner)
        if !files.isEmpty { return files }
        if waiting.areUneven { return waiting.unevenness }
        if waiting.areStuck {
            return "\(name) accepts nobody: clients are connected and get no answer; "
                + (waiting.listener.backlog == nil
                    ? "the limit of its queue was not read, so whether it is full is not known"
                    : "the queue has room, so no counter of the kernel grows")
        }
        if waiting.seconds != nil {
            return "\(name) accepts more slowly than connections arrive"
        }
        return waiting.gaveUp > 0
            ? "clients closed before \(name) accepted them; whether it accepts at all one look does "
                + "not tell"
            : "a burst that \(name) has not accepted yet, or it does not accept: one look does not "
                + "tell which"
    }
}
