import Model
import Text

/// A program accepts connections but does not read what its peers send on them.
///
/// A client with an accepted connection sends its request and waits. If the program never reads (a
/// deadlock, all threads busy, an event loop that hangs), the request stays in the receive queue,
/// the window closes, and no counter grows: the accept queue is empty, no segment is lost. The same
/// is true for answers that a client program does not read.
///
/// With an interval of 1 s or more the rule compares the connections that had unread data at the
/// first look with the second. If 10 or more have exactly as many bytes unread, and they are four
/// fifths of those that had some, and half of the listener's connections: critical. A warning if
/// they are fewer than half but 50 or more, a notice if they are fewer. A notice from 3 on if they
/// are all connections of a listener, as of a process that was stopped (SIGSTOP). A notice too if 20 or more
/// have as many unread bytes or more and none has fewer: the program reads more slowly than its
/// peers send. With one look, a notice if 50 or more have unread data and they are half of the
/// ESTABLISHED connections: a burst looks the same. For outgoing connections the same, by
/// destination, but never more than a warning: a program may leave an answer unread by design, like
/// a consumer that pauses. A notice if this host has sent nothing on those looked at and has 1 KiB
/// or less on each: nobody waits for the answers (a server said `408 Request Timeout` on idle
/// connections). Silent if the kernel's rows were not read.
///
/// Confirm: run `ss -tn state established` twice: Recv-Q of the same rows does not shrink. A stack
/// of each thread of the program shows what it waits for. Source:
/// net/ipv4/tcp_diag.c:tcp_diag_get_info (rcv_nxt - copied_seq).
struct ReadStalled: Rule {
    static let id = RuleID.readStalled
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.connections, .unreadQueues], helped: [.interval])

    /// Fewer are a debugger, a test, or a long request.
    static let few = 10
    /// So few are a notice if they are all connections of a listener.
    static let fewest = 3
    static let some = 20
    /// So many at one look, or at two if they are the smaller part.
    static let many = 50
    /// Share of those with unread data of which not a byte was read.
    static let stuckRatio = 0.8
    static let half = 0.5
    /// A shorter interval may be one pause of a healthy program.
    static let leastInterval = 1.0

    func findings(in situation: Situation) -> [Finding] {
        let listeners = situation.now.listeners.compactMap { listener -> Finding? in
            guard let unread = listener.unread, unread >= Self.fewest else { return nil }
            let held = max(
                unread,
                listener.states[.established]
                    - max(0, listener.withoutInodeStates?[.established] ?? 0))
            return Self.finding(
                Group(
                    subject: listener.address.with(port: listener.port), owner: listener.owner,
                    unread: unread, established: held, progress: listener.reading,
                    filter: "sport = :\(listener.port)", isOutgoing: false, isUnasked: false),
                in: situation)
        }
        let peers = (situation.now.unreadOutgoing ?? []).compactMap { peer -> Finding? in
            guard peer.sockets >= Self.few else { return nil }
            let open = situation.tuples.filter {
                $0.tuple.destination == peer.address && $0.tuple.port == peer.port
            }.reduce(0) { $0 + max(0, $1.ledger.states[.established]) }
            let place = peer.address.with(port: peer.port)
            return Self.finding(
                Group(
                    subject: place,
                    owner: Owner.ofSome(
                        peer.owners, looked: peer.samples.count, of: peer.sockets),
                    unread: peer.sockets, established: max(open, peer.sockets),
                    progress: peer.progress, filter: "dst \(place)", isOutgoing: true,
                    isUnasked: peer.isUnasked == true
                        && Double(peer.bytes) <= Self.unaskedBytes * Double(peer.sockets)),
                in: situation)
        }
        return (listeners + peers).sorted { $0.severity > $1.severity }
    }

    /// Bytes on a connection on which nothing was asked: a server's farewell (408, a greeting), and no stream of messages.
    private static let unaskedBytes = 1024.0

    private struct Group {
        let subject: String
        let owner: Owner?
        let unread: Int
        let established: Int
        let progress: ReadProgress?
        let filter: String
        let isOutgoing: Bool
        /// This host has sent nothing on those of them that were looked at.
        let isUnasked: Bool

        var share: Double { Double(unread) / Double(max(1, established)) }
    }

    /// How severe it is, and whether not a byte was read; nil if nothing looks wrong.
    private static func verdict(
        _ group: Group, in situation: Situation
    ) -> (severity: Severity, isStuck: Bool)? {
        guard let interval = situation.interval, interval >= leastInterval,
            let progress = group.progress
        else {
            return group.unread >= many && group.share >= half ? (.notice, false) : nil
        }
        // Of a file that was made up the sum may be beyond all numbers.
        let stayed = Double(progress.same) + Double(progress.more)
        let isStuck =
            progress.same >= few && progress.same >= progress.more
            && stayed >= stuckRatio * Double(progress.before)
        if isStuck {
            let isMost = Double(progress.same) >= half * Double(group.established)
            if group.isUnasked { return (.notice, true) }
            if isMost { return (group.isOutgoing ? .warning : .critical, true) }
            return progress.same >= many ? (.warning, true) : (.notice, true)
        }
        let isWhole =
            !group.isOutgoing && progress.same >= fewest && progress.same == progress.before
            && progress.same == group.established
        if isWhole { return (.notice, true) }
        let isBehind = stayed >= Double(some) && stayed >= Double(progress.before)
        return isBehind ? (.notice, false) : nil
    }

    private static func finding(_ group: Group, in situation: Situation) -> Finding? {
        guard let (severity, isStuck) = verdict(group, in: situation) else { return nil }
        let name = group.owner?.called ?? "the program"
        var observed =
            "\(group.unread.grouped) of \(group.established.grouped) open connections "
            + "(\(group.share.percent)) have data that \(name) has not read"
        var evidence: [String: Evidence] = [
            "unread_connections": .count(group.unread), "established": .count(group.established),
            "unread_ratio": .number(group.share),
        ]
        if let progress = group.progress, let interval = situation.interval {
            observed +=
                "; \(interval.duration) earlier it was \(progress.before.grouped): of those, "
                + "\(progress.same.grouped) have exactly as much and \(progress.more.grouped) have "
                + "more"
            evidence["unread_before"] = .count(progress.before)
            evidence["same_bytes"] = .count(progress.same)
            evidence["more_bytes"] = .count(progress.more)
        }
        let isTold = group.progress != nil && situation.interval != nil
        let what = group.isOutgoing ? "answers" : "requests"
        return Finding(
            rule: id, severity: severity, subject: group.subject, owner: group.owner,
            observed: observed, evidence: evidence,
            cause: isStuck && group.isUnasked
                ? "\(name) reads nothing from these connections, and this host has sent nothing on "
                    + "those looked at: nobody waits for an answer; a server may have said that it "
                    + "closes idle connections (HTTP 408)"
                : isStuck
                    ? "\(name) reads nothing from these connections: \(what) stay in the kernel, and "
                        + "peers of \(name) wait; no counter grows"
                    : isTold
                        ? "\(name) reads more slowly than its peers send"
                        : "\(name) has not read a burst yet, or does not read at all: one look cannot "
                            + "tell which",
            remedies: remedies(group, name: name, isTold: isTold),
            proof: "net/ipv4/tcp_diag.c:tcp_diag_get_info: Recv-Q is data that arrived and was not "
                + "read; a socket's cookie (include/linux/sock_diag.h) identifies it at both looks")
    }

    private static func remedies(_ group: Group, name: String, isTold: Bool) -> [Remedy] {
        let stack = Remedy(
            .application,
            "find out what \(name) waits for (a lock, a slow database, a full thread pool): the "
                + "stacks of its threads show it",
            command: "ss -tnp state established '\(group.filter)'",
            effect: "the rows with Recv-Q above 0 show process and descriptor",
            risk: "none: it only reads", undo: "nothing to revert")
        guard !isTold else { return [stack] }
        return [
            Remedy(
                .application, "look twice: a program reads a burst within a moment",
                command: "tcptune audit --interval 2s",
                effect: "shows whether the same bytes are still unread two seconds later",
                risk: "none: it only reads", undo: "nothing to revert"), stack,
        ]
    }
}
