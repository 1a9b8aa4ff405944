import Model
import Text

/// A Unix socket's accept queue is full or does not move: connect() fails with EAGAIN, or waits.
///
/// Proxies reach their backends over Unix sockets: nginx to php-fpm, gunicorn, uWSGI, puma. Such a
/// listener has an accept queue like a TCP listener: the smaller of listen()'s argument and
/// `net.core.somaxconn`, and one more (`net/unix/af_unix.c:unix_recvq_full`). If it is full,
/// connect() waits; on a non-blocking socket, as proxies use, it fails at once with EAGAIN:
/// `connect() to unix:/run/php-fpm.sock failed (11: Resource temporarily unavailable)`
/// (`unix_stream_connect`). No counter counts it.
///
/// Critical if a queue is full with 10 clients or more; a warning if it is full with 5 or more
/// (listen(5) is a common choice), if it is nine tenths full with 10 or more, and if 10 or more
/// wait at both looks of an interval of 1 s or longer and no fewer at the second; a notice if 50 or
/// more wait at one look, and if a queue with fewer than 5 is full: listen(0) is full with its
/// first client. Silent if tcptune could not ask the kernel for Unix sockets (CONFIG_UNIX_DIAG).
///
/// Confirm: `ss -xl`: Recv-Q counts the waiting clients, Send-Q is the backlog.
struct UnixQueueOverflowing: Rule {
    static let id = RuleID.unixQueueOverflowing
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.unixListeners])

    /// Clients in a full queue: fewer wait in the small queue of a program that is well, for a moment.
    private static let several = 5
    /// Share of the backlog from which the next burst gets EAGAIN.
    private static let nearRatio = 0.9

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.unixListeners?.waiting ?? [])
            .compactMap { finding($0, in: situation) }
            .sorted { $0.severity > $1.severity }
    }

    private func finding(_ listener: UnixListener, in situation: Situation) -> Finding? {
        guard listener.queue > 0, listener.backlog >= 0 else { return nil }
        let before = situation.interval == nil ? nil : situation.earlier?.unixListeners
        let old = before.map { seen in
            seen.waiting.first { $0.inode == listener.inode }?.queue ?? 0
        }
        guard let severity = severity(listener, before: old, seconds: situation.interval ?? 0)
        else { return nil }
        let isFull = listener.queue > listener.backlog
        var observed = "accept queue \(listener.queue.grouped)/\(listener.backlog.grouped)"
        if isFull { observed += ", full" }
        if let old, let interval = situation.interval {
            observed += "; \(interval.duration) earlier \(old.grouped) waited"
        }
        var evidence: [String: Evidence] = [
            "queue": .count(listener.queue), "backlog": .count(listener.backlog),
        ]
        evidence["queue_before"] = old.map { .count($0) }
        let name = listener.owner.called
        return Finding(
            rule: id, severity: severity,
            subject: listener.path.isEmpty
                ? "unix socket without a name" : "unix:\(listener.path)",
            owner: listener.owner, observed: observed, evidence: evidence,
            cause: isFull
                ? "\(name) accepts more slowly than clients arrive, or not at all: connect() to it "
                    + "fails with EAGAIN (Resource temporarily unavailable), or waits"
                : "clients wait for \(name) to accept them: all its workers are busy, or it does not "
                    + "accept",
            remedies: remedies(listener, in: situation),
            proof:
                "net/unix/af_unix.c:unix_recvq_full (queue > backlog), unix_stream_connect (EAGAIN); "
                + "net/socket.c:__sys_listen takes min(backlog, somaxconn)")
    }

    private func severity(
        _ listener: UnixListener, before: Int?, seconds: Double
    ) -> Severity? {
        let isCrowd = listener.queue >= WaitingClients.few
        if listener.queue > listener.backlog {
            return isCrowd ? .critical : listener.queue >= Self.several ? .warning : .notice
        }
        if isCrowd, Double(listener.queue) >= Self.nearRatio * Double(listener.backlog) {
            return .warning
        }
        guard let before else {
            return listener.queue >= WaitingClients.crowd ? .notice : nil
        }
        return isCrowd && before >= WaitingClients.few && before <= listener.queue
            && seconds >= WaitingClients.leastInterval ? .warning : nil
    }

    private func remedies(_ listener: UnixListener, in situation: Situation) -> [Remedy] {
        let name = listener.owner.called
        let key = BacklogRemedies.somaxconnKey
        let wanted = max(1024, min(65535, listener.backlog.multipliedReportingOverflow(by: 4).0))
        var remedies = [
            Remedy(
                .application,
                "see what the workers of \(name) wait for (a slow database, a lock), then add "
                    + "workers: each takes one connection at a time",
                command: "ss -xlp | awk '$3 > 0'",
                effect: "the queue, now \(listener.queue.grouped) long, empties once the program "
                    + "keeps up",
                risk: "more workers need more memory and put more load on the services behind them",
                undo: "remove the workers",
                snippets: [
                    Snippet(
                        "PHP-FPM", programs: ["php-fpm"],
                        code: "pm.max_children = 50\nrequest_slowlog_timeout = 5s"),
                    Snippet(
                        "gunicorn", programs: ["gunicorn"],
                        code: "gunicorn --workers 9 --threads 4 app:app"),
                    Snippet(
                        "uWSGI", programs: ["uwsgi"], code: "processes = 16\nharakiri = 30"),
                    Snippet("Puma", programs: ["puma"], code: "workers 4\nthreads 5, 16"),
                ])
        ]
        guard listener.queue > listener.backlog, wanted > listener.backlog else { return remedies }
        remedies.append(
            Remedy(
                .application,
                "for bursts only: make \(name) ask for a backlog of \(wanted.grouped), and restart "
                    + "it",
                effect: "room for \(wanted.grouped) waiting clients instead of "
                    + "\(listener.backlog.grouped); it does not help a program that is always too "
                    + "slow",
                risk: "a longer queue hides a slow program: its clients wait longer",
                undo: "set the old backlog again and restart the program",
                snippets: SnippetGuide.of(
                    listener.owner, among: BacklogSnippets.all(backlog: wanted))))
        if let limit = situation.number(key), Int64(listener.backlog) >= limit {
            remedies.append(
                .writing(
                    key, String(wanted), in: situation,
                    text:
                        "also raise somaxconn to \(wanted.grouped): it limits this backlog",
                    effect: "backlogs of new listen() calls may be \(wanted.grouped) instead of "
                        + "\(limit.grouped); sockets that already listen keep their backlog",
                    risk: "memory for waiting clients"))
        }
        return remedies
    }
}
