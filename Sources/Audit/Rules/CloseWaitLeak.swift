import Model
import Text

/// A program does not close connections that its peers have closed.
///
/// CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
/// 0), and the program has not called close(). It lasts until it does, however long; no sysctl
/// shortens it. Keepalive probes end it only where the program asks for them (SO_KEEPALIVE), and
/// only once the peer's socket is gone: tcp_fin_timeout after the peer's close(). Each holds a
/// descriptor, and on the connecting side a port. Descriptors run out first ("Too many open files").
///
/// A warning where 50 or more sockets of a listener or of a tuple are in CLOSE_WAIT and they are a
/// fifth of those not in TIME_WAIT; where one program has 50 or more spread over several; and where
/// 200 are spread over what is not listed, or 50 there whose process is known: by a sample of them,
/// or by `--processes`, which counts each process's own. With an earlier snapshot it is silent where
/// they have fallen to less than half: that was a wave, not a leak; and where none of a tuple's
/// oldest sockets in CLOSE_WAIT is there any more: a program that closes late, but closes. With one
/// look that is not known. A program is named where it holds more than half of those looked at;
/// where many hold few each, they are listed. Connections that nobody has
/// accepted also wait in CLOSE_WAIT when their client gives up; then the program cannot close them,
/// it must accept, and the finding says so. Where half of them or more have data that the program
/// has not read, it has not met their end either: it hangs or does not keep up, and forgets no
/// close(). Sockets of Multipath TCP are counted where there are any: a dump of TCP sockets shows
/// their subflows only, as ESTABLISHED.
///
/// Confirm: `ss -tanp state close-wait`, twice: a leak shows the same ports again; `ss -Manp` for
/// MPTCP. Source:
/// net/ipv4/tcp_input.c:tcp_fin; the only ways out are close(), shutdown() and a reset
/// (net/ipv4/tcp.c:tcp_close_state).
struct CloseWaitLeak: Rule {
    static let id = "close-wait-leak"

    /// Sockets: a healthy program has a few at a time, those whose end it has not read yet.
    static let many = 50
    /// Share of the sockets not in TIME_WAIT: below, it may be a large service that is busy.
    static let share = 0.2
    /// Sockets in groups that are too small each, or not listed: no program to name, so more is asked for.
    static let manyScattered = 200
    /// Samples in CLOSE_WAIT that an earlier look must have kept, so that their end says something.
    private static let fewestSamples = 2
    /// So many programs are named.
    private static let namedPrograms = 4

    func findings(in situation: Situation) -> [Finding] {
        ofTCP(in: situation) + Self.ofMPTCP(in: situation)
    }

    /// Multipath TCP has sockets of its own, whose subflows stay ESTABLISHED while they wait in CLOSE_WAIT.
    private static func ofMPTCP(in situation: Situation) -> [Finding] {
        guard let sockets = situation.now.mptcp else { return [] }
        let count = sockets.states[.closeWait]
        let live = sockets.states.total - sockets.states[.timeWait]
        guard count >= many, Double(count) >= share * Double(max(live, count)) else { return [] }
        let before = situation.interval == nil ? nil : situation.earlier?.mptcp?.states[.closeWait]
        guard Double(before ?? 0) <= 2 * Double(count) else { return [] }
        let owner = Owner.ofSome(sockets.owners, looked: sockets.samples.count, of: count)
        var finding = base(owner?.called ?? "MPTCP", count, owner: owner, in: situation)
        finding.observed =
            "\(count.grouped) of \(live.grouped) MPTCP sockets in CLOSE_WAIT; their subflows are "
            + "listed as ESTABLISHED"
        finding.evidence["mptcp_sockets"] = .count(live)
        finding.proof =
            "net/mptcp/protocol.c:mptcp_check_data_fin enters CLOSE_WAIT without a timer"
        return [finding]
    }

    private func ofTCP(in situation: Situation) -> [Finding] {
        guard situation.now.states[.closeWait] > 0 else { return [] }
        let before = situation.statesBefore
        let closed = Self.closedSince(in: situation)
        var small: [SocketGroup] = []
        var findings: [Finding] = []
        var told = 0
        for group in situation.groups(with: .closeWait) {
            let count = group.states[.closeWait]
            guard count >= Self.many, group.share(.closeWait) >= Self.share else {
                small.append(group)
                continue
            }
            told += count
            let old = before[group.place]?[.closeWait]
            guard (old ?? 0) <= 2 * count, !closed.contains(group.place) else { continue }
            findings.append(Self.finding(group, before: old, in: situation))
        }
        findings.sort { Self.count($0) > Self.count($1) }
        let scattered = Dictionary(grouping: small) { $0.owner.name ?? "" }
            .mapValues { $0.reduce(0) { $0 + $1.states[.closeWait] } }
        for (name, count) in scattered.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) })
        where !name.isEmpty && count >= Self.many {
            guard let owner = small.first(where: { $0.owner.name == name })?.owner,
                Self.isShare(count, in: situation)
            else { continue }
            told += count
            findings.append(
                Self.scattered(
                    name, count, owner: owner, "over several destinations", in: situation))
        }
        let rest = situation.now.states[.closeWait] - told
        let named = Self.ofProcesses(besides: findings, in: situation)
        findings += named
        if named.isEmpty, let owned = Self.sampled(rest, besides: findings, in: situation) {
            findings.append(owned)
        } else if named.isEmpty, rest >= Self.manyScattered, Self.isShare(rest, in: situation) {
            findings.append(
                Self.ofMany(rest, small: small, in: situation))
        }
        return findings
    }

    /// The tuples of which the earlier snapshot knew sockets in CLOSE_WAIT, none of which is there any more.
    ///
    /// The samples are the oldest sockets of a tuple, so a leak shows the same ones again.
    private static func closedSince(in situation: Situation) -> Set<SocketGroup.Place> {
        guard situation.interval != nil, let earlier = situation.earlier else { return [] }
        let now = Dictionary(situation.now.tuples.map { ($0.tuple, $0) }) { first, _ in first }
        return Set(
            earlier.tuples.compactMap { old -> SocketGroup.Place? in
                let waiting = old.samples.filter { $0.state == .closeWait }.map(\.inode)
                guard waiting.count >= fewestSamples, let new = now[old.tuple],
                    !new.samples.isEmpty,
                    !new.samples.contains(where: { waiting.contains($0.inode) })
                else { return nil }
                return .tuple(old.tuple)
            })
    }

    /// Of many programs, or of nobody known: which ones, as far as their sockets were told apart.
    private static func ofMany(
        _ rest: Int, small: [SocketGroup], in situation: Situation
    ) -> Finding {
        let programs = Dictionary(grouping: small) { $0.owner.name ?? "" }
            .mapValues { $0.reduce(0) { $0 + $1.states[.closeWait] } }
            .filter { !$0.key.isEmpty && $0.value > 0 }
            .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        guard programs.count > 1 else {
            return scattered(
                "CLOSE_WAIT", rest, owner: nil, "over destinations with few each", in: situation)
        }
        let named = programs.prefix(namedPrograms).map { "\($0.key) \($0.value.grouped)" }
        let more = programs.count - named.count
        var finding = scattered(
            "CLOSE_WAIT", rest, owner: nil,
            "in \(programs.count.grouped) programs: " + named.joined(separator: ", ")
                + (more > 0 ? " and \(more.grouped) more" : ""), in: situation)
        finding.evidence["programs"] = .count(programs.count)
        finding.cause =
            "the peers have closed and several programs have not called close(), with few sockets "
            + "each: a library they share, or a peer that ended; nothing else ends CLOSE_WAIT unless "
            + "a program sets SO_KEEPALIVE"
        return finding
    }

    /// Processes that hold many, whatever the peers, where each process's sockets were counted.
    private static func ofProcesses(
        besides told: [Finding], in situation: Situation
    ) -> [Finding] {
        let pids = Set(told.compactMap(\.owner).flatMap(\.pids))
        return situation.now.processes.compactMap { process -> Finding? in
            guard let states = process.states, !pids.contains(process.pid) else { return nil }
            let count = states[.closeWait]
            guard count >= many, Double(count) >= share * Double(states.total - states[.timeWait])
            else { return nil }
            let before = situation.earlier?.processes.first {
                $0.pid == process.pid && $0.name == process.name
            }?.states?[.closeWait]
            guard (before ?? 0) / 2 <= count else { return nil }
            return scattered(
                "\(process.name) (\(process.pid))", count,
                owner: Owner(
                    name: process.name, pids: [process.pid], unit: process.unit,
                    confidence: .certain, reason: "holds them"),
                "over many peers", in: situation)
        }.sorted { Self.count($0) > Self.count($1) }
    }

    /// The program that holds most of a sample of them, where it can be told to hold many.
    private static func sampled(
        _ rest: Int, besides told: [Finding], in situation: Situation
    ) -> Finding? {
        guard rest >= many, isShare(rest, in: situation),
            let sample = situation.now.stateSamples?.first(where: { $0.state == .closeWait }),
            let most = sample.owners.max(by: { $0.sockets < $1.sockets }), most.owner.name != nil,
            !told.contains(where: { $0.owner?.pids == most.owner.pids })
        else { return nil }
        let looked = max(sample.samples.count, sample.owners.reduce(0) { $0 + $1.sockets })
        guard looked > 0, most.sockets > 0, sample.held > 0 else { return nil }
        let share = min(1, Double(most.sockets) / Double(looked))
        // One in sixteen of a sample is chance: only who holds most of it is known to hold many.
        guard share > 0.5, share * Double(min(rest, sample.held)) >= Double(many) else {
            return nil
        }
        var finding = scattered(
            most.owner.called, rest, owner: most.owner,
            "over many peers; \(most.sockets.grouped) of \(looked.grouped) looked at are held by "
                + most.owner.called, in: situation)
        finding.evidence["sampled_sockets"] = .count(looked)
        finding.evidence["sampled_of_owner"] = .count(most.sockets)
        return finding
    }

    private static func isShare(_ count: Int, in situation: Situation) -> Bool {
        let states = situation.now.states
        return Double(count) >= share * Double(states.total - states[.timeWait])
    }

    private static func count(_ finding: Finding) -> Int {
        if case .count(let count) = finding.evidence["close_wait_sockets"] { count } else { 0 }
    }

    private static func finding(
        _ group: SocketGroup, before: Int?, in situation: Situation
    ) -> Finding {
        let count = group.states[.closeWait]
        var finding = base(group.subject, count, owner: group.owner, in: situation)
        finding.observed =
            "\(count.grouped) of \(group.live.grouped) sockets in CLOSE_WAIT "
            + "(\(group.share(.closeWait).percent))"
        finding.evidence["close_wait_ratio"] = .number(group.share(.closeWait))
        if let before, let interval = situation.interval {
            finding.observed += "; \(before.grouped) of them \(interval.duration) before"
            finding.evidence["close_wait_sockets_before"] = .count(before)
        }
        tellUnread(&finding, of: count, in: situation)
        if let unaccepted = unaccepted(group, of: count) {
            finding.cause =
                "\(unaccepted.grouped) of them wait to be accepted: clients gave up while "
                + "\(group.owner.called) did not call accept(), and nobody can close what nobody "
                + "has accepted"
            finding.evidence["queued_connections"] = .count(max(0, group.queue ?? unaccepted))
            finding.evidence["unaccepted_close_wait"] = .count(unaccepted)
            finding.remedies = accepting(group, in: situation)
        }
        finding.remedies.append(
            Remedy(
                .lastResort, "end these connections from outside",
                command: "ss -K state close-wait '\(group.filter)'",
                effect: "frees up to \(count.grouped) sockets of the kernel and their ports; the "
                    + "program keeps their descriptors until it closes them, so that EMFILE stays",
                risk: "ends connections on which data may still be under way to the peer; needs "
                    + "root and a kernel with CONFIG_INET_DIAG_DESTROY",
                undo: "none: a connection that was ended is gone"))
        return finding
    }

    /// Those that nobody has accepted, where they are half or more.
    ///
    /// A process that ends leaves LAST_ACK, never CLOSE_WAIT: one without an inode was never accepted. Where that was
    /// not counted by state, the accept queue tells.
    private static func unaccepted(_ group: SocketGroup, of count: Int) -> Int? {
        guard let queue = group.queue else { return nil }
        let unaccepted = group.unacceptedCloseWait ?? min(queue, count)
        return unaccepted > 0 && unaccepted * 2 >= count ? min(unaccepted, count) : nil
    }

    private static func accepting(_ group: SocketGroup, in situation: Situation) -> [Remedy] {
        guard case .listener(let address, let port) = group.place,
            let listener = situation.now.listeners.first(where: {
                $0.address == address && $0.port == port
            })
        else { return [] }
        return AcceptRemedies.all(for: WaitingClients(listener, in: situation), in: situation)
    }

    private static func scattered(
        _ subject: String, _ count: Int, owner: Owner?, _ spread: String, in situation: Situation
    ) -> Finding {
        var finding = base(subject, count, owner: owner, in: situation)
        finding.observed = "\(count.grouped) sockets in CLOSE_WAIT, \(spread)"
        tellUnread(&finding, of: count, in: situation)
        return finding
    }

    /// Says that the program does not read, where half of them or more have data unread.
    private static func tellUnread(
        _ finding: inout Finding, of count: Int, in situation: Situation
    ) {
        guard let unread = unread(of: count, in: situation), unread * 2 >= count else { return }
        let name = finding.owner?.called ?? "a program"
        finding.observed += "; on \(unread.grouped) of them data is unread"
        finding.evidence["unread_close_wait"] = .count(unread)
        finding.cause =
            "the peers have closed, and \(name) has not read what they sent before: it hangs, or "
            + "does not keep up, and meets their end only behind those data; nothing else ends "
            + "CLOSE_WAIT unless the program sets SO_KEEPALIVE"
        finding.remedies[0] = Remedy(
            .application,
            "find out what \(name) waits for (a lock, a slow database, a full pool of threads): a "
                + "stack of each of its threads shows it",
            effect: "when it reads on, it meets the end of all \(count.grouped) and can close them",
            risk: "none: looking changes nothing", undo: "none needed")
    }

    /// Of so many CLOSE_WAIT of all, how many have data unread, at least: those of all that have, less all the others.
    private static func unread(of count: Int, in situation: Situation) -> Int? {
        let sample = situation.now.stateSamples?.first { $0.state == .closeWait }
        guard let unread = sample?.unread else { return nil }
        let others = max(0, situation.now.states[.closeWait] - count)
        return max(0, min(count, unread - min(unread, others)))
    }

    private static func base(
        _ subject: String, _ count: Int, owner: Owner?, in situation: Situation
    ) -> Finding {
        var evidence: [String: Evidence] = ["close_wait_sockets": .count(count)]
        let process = situation.now.processes.first { owner?.pids.contains($0.pid) ?? false }
        evidence["open_files"] = (process?.openFiles).map { .count($0) }
        evidence["open_files_limit"] = (process?.openFilesLimit).map { .count($0) }
        let name = owner?.called ?? "a program"
        return Finding(
            rule: id, severity: .warning, subject: subject, owner: owner, observed: "",
            evidence: evidence,
            cause: "the peers have closed and \(name) has not called close()"
                + (situation.interval == nil
                    ? " yet: whether it does later, a second look tells (--interval 10s); " : "; ")
                + "nothing else ends CLOSE_WAIT unless the program sets SO_KEEPALIVE",
            remedies: [
                Remedy(
                    .application,
                    "close the connection in \(name) when read() returns 0, on error paths too",
                    effect: "removes all \(count.grouped)",
                    risk: "none; data already received can be read before",
                    undo: "none needed",
                    snippets: SnippetGuide.of(owner ?? .unknown, among: SnippetGuide.closing)),
                Remedy(
                    .application, "restart \(name), and give its connections an idle timeout",
                    effect: "the kernel closes what the process held; they come back at the pace "
                        + "of the leak",
                    risk: "its open connections end as well", undo: "none needed"),
            ],
            proof: "net/ipv4/tcp_input.c:tcp_fin enters CLOSE_WAIT without a timer; "
                + "net/ipv4/tcp.c:tcp_close_state leaves it on close() only")
    }
}
