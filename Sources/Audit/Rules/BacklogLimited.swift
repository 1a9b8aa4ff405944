import Model
import Text

/// A listener's queue fills up because its program's backlog, or somaxconn, keeps it short.
///
/// listen() takes the smaller of its argument and `net.core.somaxconn`, once, at the time of the
/// call (`net/socket.c:__sys_listen`). So a raised somaxconn does not change a socket that already
/// listens, and does nothing at all for a program that asks for less. The rule says which of the
/// two is the limit: a backlog below somaxconn comes from the program (or from a smaller somaxconn
/// when it started), a backlog equal to it from somaxconn. A backlog above it dates from before
/// somaxconn was lowered and shrinks at the next restart.
///
/// The rule reports only listeners whose queue was half full or more with 10 clients or more in it,
/// or full after overflows were counted, or that had to resend SYN-ACKs while they were: a short
/// backlog that is never needed costs nothing, and listen(0) is full with its first client. A
/// longer queue bridges bursts; it does not help a program that is always too slow.
///
/// Confirm: `ss -ltn` shows the backlog as Send-Q; compare it with `sysctl net.core.somaxconn`.
/// Silent if somaxconn cannot be read, if the interval shows that nobody is accepted, and if most
/// of several sockets on the port (SO_REUSEPORT) are empty: then the backlog limits nothing (see
/// `accept-stalled`).
struct BacklogLimited: Rule {
    static let id = RuleID.backlogLimited
    static let severities: [Severity] = [.warning]
    static let needs = RuleNeeds([.backlogs, .setting("net.core.somaxconn")])
    static let profileSettings: Set<String> = ["net.core.somaxconn"]

    /// From half full on a queue counts as filling: the next burst of the same size fills it.
    static let fillingRatio = 0.5

    func findings(in situation: Situation) -> [Finding] {
        let somaxconn = situation.number(BacklogRemedies.somaxconnKey)
        let overflowing = situation.reading("TcpExt", "ListenOverflows")?.grows == true
        return situation.now.listeners.compactMap { AcceptQueue($0) }
            .filter { isFilling($0, overflowing: overflowing, in: situation) }
            .compactMap { finding($0, somaxconn: somaxconn, in: situation) }
    }

    private func isFilling(
        _ queue: AcceptQueue, overflowing: Bool, in situation: Situation
    ) -> Bool {
        let isFull =
            queue.fill >= Self.fillingRatio
            && (queue.listener.queue >= WaitingClients.few
                || (queue.isFull && hasDropped(queue, in: situation)))
        guard isFull || (overflowing && queue.listener.retransmittedRequests > 0) else {
            return false
        }
        return AcceptRemedies.helpsLongerQueue(WaitingClients(queue.listener, in: situation))
    }

    /// By the listener's own number if the kernel reports it, otherwise by that of the namespace.
    private func hasDropped(_ queue: AcceptQueue, in situation: Situation) -> Bool {
        ListenDrops(of: queue.listener, in: situation).map { $0.total > 0 }
            ?? ((situation.reading("TcpExt", "ListenOverflows")?.total ?? 0) > 0)
    }

    private func finding(
        _ queue: AcceptQueue, somaxconn: Int64?, in situation: Situation
    ) -> Finding? {
        let listener = queue.listener
        guard let somaxconn, let limit = BacklogLimit(of: listener, somaxconn: somaxconn) else {
            return nil
        }
        return Finding(
            rule: id, severity: .warning, subject: queue.place,
            owner: WaitingClients(listener, in: situation).owner,
            observed: "accept queue \(listener.queue.grouped)/\(queue.backlog.grouped), "
                + "somaxconn \(somaxconn.grouped): limited by "
                + (limit == .application ? "the application" : "somaxconn"),
            evidence: [
                "queue": .count(listener.queue), "backlog": .count(queue.backlog),
                "fill_ratio": .number(queue.fill),
                "somaxconn": .count(Int(clamping: somaxconn)),
                "limited_by": .text(limit.rawValue),
            ],
            cause: cause(limit, backlog: Int64(queue.backlog), somaxconn: somaxconn),
            remedies: (WaitingClients(listener, in: situation).needSecondLook
                ? [AcceptRemedies.lookTwice] : [])
                + BacklogRemedies.all(for: queue, in: situation),
            proof:
                "net/socket.c:__sys_listen takes min(backlog, somaxconn) at the time of the call; "
                + "measured: a listening socket keeps its backlog until the program calls listen() "
                + "on it again")
    }

    private func cause(_ limit: BacklogLimit, backlog: Int64, somaxconn: Int64) -> String {
        if limit == .application {
            return "the program asked listen() for \(backlog.grouped), or somaxconn was "
                + "\(backlog.grouped) when it started; raising somaxconn alone changes nothing here"
        }
        if backlog > somaxconn {
            return "somaxconn was lowered after the program called listen(): "
                + "its queue shrinks to \(somaxconn.grouped) at the next restart"
        }
        return "the program asked for \(somaxconn.grouped) or more and somaxconn cut it; a raised "
            + "somaxconn takes effect when the program calls listen() again"
    }
}
