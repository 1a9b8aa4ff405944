import HostState

/// A program does not close connections that its peers have closed.
///
/// CLOSE_WAIT means: the peer's FIN has arrived, the kernel has told the program (read() returns
/// 0), and the program has not called close(). It lasts until it does, however long: no timer of
/// the kernel ends it, no sysctl shortens it, and keepalive probes only help where the peer is gone
/// altogether. Each holds a descriptor, and on the connecting side a port. Descriptors run out
/// first ("Too many open files").
///
/// A warning where 50 or more sockets of a listener or of a tuple are in CLOSE_WAIT and they are a
/// fifth of those not in TIME_WAIT; where one program has 50 or more spread over several; and where
/// 200 are spread over what is not listed. With an earlier snapshot it is silent where they have
/// fallen to less than half: that was a wave, not a leak. Connections that nobody has accepted also
/// wait in CLOSE_WAIT when their client gives up; then the cause is a full accept queue, and the
/// finding says so.
///
/// Confirm: `ss -tanp state close-wait`, twice: a leak shows the same ports again. Source:
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

    func findings(in situation: Situation) -> [Finding] {
        guard situation.now.states[.closeWait] > 0 else { return [] }
        let before = situation.statesBefore
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
            guard (old ?? 0) <= 2 * count else { continue }
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
        if rest >= Self.manyScattered, Self.isShare(rest, in: situation) {
            findings.append(
                Self.scattered(
                    "CLOSE_WAIT", rest, owner: nil, "over destinations with few each", in: situation
                ))
        }
        return findings
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
        if let queue = group.queue, queue * 2 >= count {
            finding.cause =
                "\(queue.grouped) connections wait to be accepted: clients gave up while "
                + "\(group.owner.called) did not call accept(), and nobody can close what nobody "
                + "has accepted"
            finding.evidence["queued_connections"] = .count(queue)
        }
        finding.remedies.append(
            Remedy(
                .lastResort, "end these connections from outside",
                command: "ss -K state close-wait '\(group.filter)'",
                effect: "frees up to \(count.grouped) sockets at once; the program gets "
                    + "ECONNABORTED on them",
                risk: "ends connections on which data may still be under way to the peer; needs "
                    + "root and a kernel with CONFIG_INET_DIAG_DESTROY",
                undo: "none: a connection that was ended is gone"))
        return finding
    }

    private static func scattered(
        _ subject: String, _ count: Int, owner: Owner?, _ spread: String, in situation: Situation
    ) -> Finding {
        var finding = base(subject, count, owner: owner, in: situation)
        finding.observed = "\(count.grouped) sockets in CLOSE_WAIT, \(spread)"
        return finding
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
            cause: "the peers have closed and \(name) has not called close(): no timer of the "
                + "kernel ends CLOSE_WAIT and no setting shortens it",
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
