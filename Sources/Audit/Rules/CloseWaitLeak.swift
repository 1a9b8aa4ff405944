import Model
import Text

/// A program does not close connections that its peers have closed.
///
/// CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
/// 0), and the program has not called close(). The state lasts until it does, however long; no
/// sysctl shortens it. Keepalive probes end it only if the program asks for them (SO_KEEPALIVE),
/// and only once the peer's socket is gone: tcp_fin_timeout after the peer's close(). Each such
/// socket takes a descriptor and, at the connecting end, a port. Descriptors run out first ("Too
/// many open files").
///
/// A warning in each of these cases: 50 or more sockets of one listener or one destination are in
/// CLOSE_WAIT, and they are a fifth of those not in TIME_WAIT; one program has 50 or more spread
/// over several; 200 are spread over sockets that are not listed; or 50 of those belong to a known
/// process, known from a sample or from `--processes`, which counts the sockets of each process.
/// Fewer are reported if they are all connections of a listener or a destination, as when a
/// database has closed a whole pool: at two looks, if the sockets of the first are still there, a
/// notice from 3 on and a warning from 10 on; at one look a notice from 10 on (from 10 on, nine
/// tenths are enough). With an earlier snapshot the rule is silent if the number has fallen to less than half (a wave,
/// not a leak), and if none of a destination's oldest sockets in CLOSE_WAIT is left (the program
/// closes late, but closes). One look cannot tell this. The finding names a program if it has more
/// than half of the sockets looked at, and lists the programs if many have few each. Connections
/// that nobody has accepted also wait in CLOSE_WAIT when their client gives up; the program cannot
/// close them, it must accept them, and the finding says so. If half of them or more have data that
/// the program has not read, the program has not reached their end either: it hangs or does not
/// keep up, and has not forgotten close(). The rule counts Multipath TCP sockets if there are any:
/// a dump of TCP sockets shows only their subflows, as ESTABLISHED.
///
/// The finding says for how long, at least, one of up to sixteen sockets has waited: since the last
/// acknowledgement of its peer (`lastack` in `ss -ti`), for nothing else comes after a FIN.
///
/// Confirm: run `ss -tanp state close-wait` twice: a leak shows the same ports again; `ss -Manp`
/// for MPTCP. Source: net/ipv4/tcp_input.c:tcp_fin; only close(), shutdown() and a reset end the
/// state (net/ipv4/tcp.c:tcp_close_state).
struct CloseWaitLeak: Rule {
    static let id = RuleID.closeWaitLeak
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections], helped: [.mptcp])

    /// Sockets: a healthy program has a few at a time, those whose end it has not read yet.
    static let many = 50
    /// Share of the sockets not in TIME_WAIT: below, it may be a large service that is busy.
    static let share = 0.2
    /// Sockets in groups that are too small each, or not listed: no program to name, so more is asked for.
    static let manyScattered = 200
    /// Sockets in CLOSE_WAIT that are all of a listener or destination: a notice if they stay.
    static let fewest = 3
    /// The same for a warning, or for a notice at one look.
    static let pool = 10
    /// Share of the sockets not in TIME_WAIT that makes a pool of 10 or more as good as whole.
    static let nearlyAll = 0.9
    /// Seconds; a shorter interval may end before a healthy program reads the end.
    static let leastInterval = 1.0
    /// Samples in CLOSE_WAIT that an earlier look must have kept, so that their end says something.
    private static let fewestSamples = 2
    /// So many programs are named.
    private static let namedPrograms = 4

    func findings(in situation: Situation) -> [Finding] {
        ofTCP(in: situation) + Self.ofMPTCP(in: situation)
    }

    /// Multipath TCP has its own sockets; their subflows stay ESTABLISHED while they wait in CLOSE_WAIT.
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
                    name, count, owner: owner, "over several destinations",
                    of: small.filter { $0.owner.name == name }, in: situation))
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
        let whole = small.filter { Self.isWhole($0, before: before, in: situation) }
        return findings
            + Self.ofWhole(
                whole.filter { !closed.contains($0.place) }, before: before, besides: findings,
                in: situation)
    }

    /// Whether all connections of a small group are in CLOSE_WAIT, and stay there if there are two looks.
    private static func isWhole(
        _ group: SocketGroup, before: [SocketGroup.Place: StateCounts], in situation: Situation
    ) -> Bool {
        let count = group.states[.closeWait]
        guard count >= fewest, unaccepted(group, of: count) == nil,
            count == group.live || (count >= pool && group.share(.closeWait) >= nearlyAll)
        else { return false }
        guard let interval = situation.interval else { return count >= pool }
        guard interval >= leastInterval, let old = before[group.place]?[.closeWait],
            old >= fewest
        else { return false }
        let first = situation.earlier.map { inodes(of: group, in: $0) } ?? []
        let now = inodes(of: group, in: situation.now)
        guard !first.isEmpty, !now.isEmpty else { return true }
        return first.count { now.contains($0) } >= min(fewest, first.count)
    }

    /// Those sockets of a group in CLOSE_WAIT that were kept as samples.
    private static func inodes(of group: SocketGroup, in snapshot: Snapshot) -> [UInt32] {
        switch group.place {
        case .tuple(let tuple):
            let samples = snapshot.tuples.first { $0.tuple == tuple }?.samples ?? []
            return samples.filter { $0.state == .closeWait }.map(\.inode)
        case .listener(_, let port):
            let all = snapshot.stateSamples?.first { $0.state == .closeWait }?.samples ?? []
            return all.filter { $0.localPort == port }.map(\.inode)
        }
    }

    /// One finding for each program; those programs that another finding names are told already.
    private static func ofWhole(
        _ groups: [SocketGroup], before: [SocketGroup.Place: StateCounts],
        besides told: [Finding], in situation: Situation
    ) -> [Finding] {
        guard !told.contains(where: { $0.subject == unnamed }) else { return [] }
        let programs = Dictionary(grouping: groups) { $0.owner.name ?? "" }
        let findings = programs.compactMap { name, groups -> Finding? in
            guard name.isEmpty || !told.contains(where: { $0.owner?.name == name }),
                let first = groups.first
            else { return nil }
            let count = groups.reduce(0) { $0 + $1.states[.closeWait] }
            let stayed = groups.reduce(0) {
                $0 + min($1.states[.closeWait], before[$1.place]?[.closeWait] ?? 0)
            }
            var finding =
                groups.count == 1
                ? Self.finding(first, before: before[first.place]?[.closeWait], in: situation)
                : scattered(
                    name.isEmpty ? unnamed : name, count, owner: first.owner,
                    "all connections of \(groups.count.grouped) listeners and destinations",
                    of: groups, in: situation)
            finding.severity = stayed >= pool ? .warning : .notice
            return finding
        }
        return findings.sorted { (Self.count($0), $1.subject) > (Self.count($1), $0.subject) }
    }

    /// The subject of a finding about sockets whose program is not known.
    private static let unnamed = "CLOSE_WAIT"

    /// The tuples whose sampled sockets in CLOSE_WAIT of the earlier snapshot are all gone.
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
                "CLOSE_WAIT", rest, owner: nil, "over destinations with few each", of: small,
                in: situation)
        }
        let named = programs.prefix(namedPrograms).map { "\($0.key) \($0.value.grouped)" }
        let more = programs.count - named.count
        var finding = scattered(
            "CLOSE_WAIT", rest, owner: nil,
            "in \(programs.count.grouped) programs: " + named.joined(separator: ", ")
                + (more > 0 ? " and \(more.grouped) more" : ""), of: small, in: situation)
        finding.evidence["programs"] = .count(programs.count)
        finding.cause =
            "the peers have closed, and several programs with few sockets each have not called "
            + "close(): they share a library, or a peer has ended; no timer ends CLOSE_WAIT "
            + "unless a program sets SO_KEEPALIVE"
        return finding
    }

    /// Processes that have many, whatever the peers, if each process's sockets were counted.
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
                    confidence: .certain, reason: "has them open"),
                "over many peers", in: situation)
        }.sorted { Self.count($0) > Self.count($1) }
    }

    /// The program that has most of a sample of them, if that shows that it has many.
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
        // One in sixteen of a sample is chance: only a program with most of it is known to have many.
        guard share > 0.5, share * Double(min(rest, sample.held)) >= Double(many) else {
            return nil
        }
        var finding = scattered(
            most.owner.called, rest, owner: most.owner,
            "over many peers; \(most.sockets.grouped) of \(looked.grouped) looked at belong to "
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
        tellAge(&finding, of: [group.place], in: situation)
        finding.evidence["close_wait_ratio"] = .number(group.share(.closeWait))
        if let before, let interval = situation.interval {
            finding.observed += "; \(interval.duration) earlier: \(before.grouped)"
            finding.evidence["close_wait_sockets_before"] = .count(before)
        }
        tellUnread(&finding, of: count, in: situation)
        if let unaccepted = unaccepted(group, of: count) {
            finding.cause =
                "\(unaccepted.grouped) of them wait for accept(): clients gave up while "
                + "\(group.owner.called) did not call accept(), and the program cannot close a "
                + "connection before it accepts it"
            finding.evidence["queued_connections"] = .count(max(0, group.queue ?? unaccepted))
            finding.evidence["unaccepted_close_wait"] = .count(unaccepted)
            finding.remedies = accepting(group, in: situation)
        }
        finding.remedies.append(
            Remedy(
                .lastResort, "end these connections from outside",
                command: "ss -K state close-wait '\(group.filter)'",
                effect: "ends up to \(count.grouped) connections"
                    + (group.isOutgoing ? " and frees their ports" : "")
                    + "; the program keeps their descriptors until it closes them",
                risk: "ends connections that may still have data in transit to the peer; needs "
                    + "root and a kernel with CONFIG_INET_DIAG_DESTROY",
                undo: "none: an ended connection is gone"))
        return finding
    }

    /// Those that nobody has accepted, if they are half or more.
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
        _ subject: String, _ count: Int, owner: Owner?, _ spread: String,
        of groups: [SocketGroup] = [], in situation: Situation
    ) -> Finding {
        var finding = base(subject, count, owner: owner, in: situation)
        finding.observed = "\(count.grouped) sockets in CLOSE_WAIT, \(spread)"
        tellAge(&finding, of: groups.map(\.place), in: situation)
        tellUnread(&finding, of: count, in: situation)
        return finding
    }

    /// Says since when, as far as sockets of these places were asked.
    private static func tellAge(
        _ finding: inout Finding, of places: [SocketGroup.Place], in situation: Situation
    ) {
        guard let age = situation.age(of: places, in: .closeWait), age > 0 else { return }
        finding.observed += ", one of them for at least \(age.duration)"
        finding.evidence["close_wait_seconds"] = .number(age)
    }

    /// Says that the program does not read, if half of them or more have unread data.
    private static func tellUnread(
        _ finding: inout Finding, of count: Int, in situation: Situation
    ) {
        guard let unread = unread(of: count, in: situation), unread * 2 >= count else { return }
        let name = finding.owner?.called ?? "a program"
        finding.observed += "; \(unread.grouped) of them have unread data"
        finding.evidence["unread_close_wait"] = .count(unread)
        finding.cause =
            "the peers have closed, and \(name) has not read what they sent before: it hangs or "
            + "does not keep up, and sees the end only after that data; no timer ends "
            + "CLOSE_WAIT unless the program sets SO_KEEPALIVE"
        finding.remedies[0] = Remedy(
            .application,
            "find out what \(name) waits for (a lock, a slow database, a full thread pool): the "
                + "stacks of its threads show it",
            effect: "once it reads again, it sees the end of all \(count.grouped) and can close "
                + "them",
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
                    ? " yet; a second look shows whether it does later (--interval 10s); " : "; ")
                + "no timer ends CLOSE_WAIT unless the program sets SO_KEEPALIVE",
            remedies: [
                Remedy(
                    .application,
                    "close the connection in \(name) when read() returns 0, on error paths too",
                    effect:
                        "no new ones are left open; the \(count.grouped) of now stay until \(name) ends",
                    risk: "none; the program can still read data that has arrived",
                    undo: "none needed",
                    snippets: SnippetGuide.of(owner ?? .unknown, among: SnippetGuide.closing)),
                Remedy(
                    .application, "restart \(name), and give its connections an idle timeout",
                    effect: "the kernel closes the sockets of the process; they gather again until "
                        + "the program is mended",
                    risk: "its open connections end as well", undo: "none needed"),
            ],
            proof: "net/ipv4/tcp_input.c:tcp_fin enters CLOSE_WAIT without a timer; "
                + "net/ipv4/tcp.c:tcp_close_state leaves it on close() or shutdown()")
    }
}
