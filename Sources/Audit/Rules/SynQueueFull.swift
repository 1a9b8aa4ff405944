import Model
import Text

/// Half-open connections fill a listener's SYN queue, so the kernel answers further SYNs with
/// cookies or drops them.
///
/// Each listening socket can have as many half-open connections (SYN_RECV) as its accept backlog,
/// and one more. `tcp_max_syn_backlog` is not that limit: it matters only with
/// `tcp_syncookies = 0`, when the kernel drops SYNs of unproven peers once less than a quarter of
/// it is free: with 16, from the 14th on. If that comes first, the rule judges by it, and only
/// `ListenDrops` counts what it drops. At the limit the kernel sends cookies
/// (`TCPReqQFullDoCookies`) or, with cookies off, drops the SYN (`TCPReqQFullDrop`)
/// (`net/ipv4/tcp_input.c:tcp_conn_request`, `tcp_syn_flood_action`). The queue fills because of a
/// flood of SYNs whose senders never answer, because answers get lost, or because the accept queue
/// behind it is full, so that finished handshakes cannot leave (see `queue-overflowing`).
///
/// Confirm: compare `ss -tn state syn-recv | wc -l` with Send-Q of `ss -ltn`;
/// `nstat -az 'TcpExtTCPReqQFull*'`. With `tcp_syncookies = 2` there are never such rows, and
/// `TCPReqQFullDoCookies` counts every SYN on a healthy host: the rule ignores it there. Rows of
/// TCP_DEFER_ACCEPT (nginx: `listen … deferred`) are clients that are connected and have sent
/// nothing yet. `TCPDeferAcceptDrop`, and SYN-ACKs that are not resent, show them; they are a
/// notice as long as the queue is not really full. Counts since boot alone are a notice.
///
/// The rule also reports handshakes that do not end, below the limit: if 50 or more half-open
/// connections had their SYN-ACK resent, and they are most of the half-open ones and a tenth as
/// many as the established ones. A path that loses one direction locks clients out long before a
/// queue is full. A notice at one look, a warning if it was so at the earlier one. A warning too if
/// 10 or more are half open at both looks and not one handshake ended between them: SYN-ACKs that a
/// filter of this host blocks do not count as resent. Otherwise silent below three quarters of the
/// limit if the counters do not grow.
struct SynQueueFull: Rule {
    static let id = RuleID.synQueueFull
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.connections, .backlogs], helped: [.interval])
    static let profileSettings: Set<String> = ["net.core.somaxconn", "net.ipv4.tcp_syncookies"]

    /// Share of the limit from which a queue is near it: one more burst of a third of the present
    /// rows fills it.
    static let nearRatio = 0.75
    /// Below so many rows a queue that is nearly full is a small backlog and daily life.
    static let nearRequests = 8
    /// So many SYN-ACKs sent again: scans and slow networks leave fewer.
    static let unanswered = 50
    /// So many half open at both looks, and no handshake ended between them.
    static let stuck = 10
    /// A shorter interval may be one round trip.
    static let leastInterval = 1.0

    func findings(in situation: Situation) -> [Finding] {
        let dropped = situation.reading("TcpExt", "TCPReqQFullDrop")
        let cookies =
            situation.alwaysSendsCookies
            ? nil : situation.reading("TcpExt", "TCPReqQFullDoCookies")
        let full = situation.now.listeners.compactMap { AcceptQueue($0) }.filter {
            isNear($0, in: situation) || isUnanswered($0) || isStuck($0, in: situation)
        }
        let failing = dropped?.grows == true
        if !full.isEmpty {
            return full.map {
                listener($0, dropped: dropped, cookies: cookies, in: situation)
            }.sorted { $0.severity > $1.severity }
        }
        if failing || cookies?.grows == true {
            return [
                counted(
                    failing ? .critical : .warning, dropped: dropped, cookies: cookies,
                    in: situation)
            ]
        }
        let isOld = [dropped, cookies].contains {
            $0.map { $0.growth == nil && $0.total > 0 } ?? false
        }
        return isOld
            ? [counted(.notice, dropped: dropped, cookies: cookies, in: situation)] : []
    }

    private func isNear(_ queue: AcceptQueue, in situation: Situation) -> Bool {
        let requests = Double(queue.requests)
        let limit = HalfOpenLimit(of: queue, in: situation).requests
        if requests >= limit, queue.requests > 1 { return true }
        return queue.requests >= Self.nearRequests && requests >= Self.nearRatio * limit
    }

    /// Whether handshakes do not end though nothing is full.
    private func isUnanswered(_ queue: AcceptQueue) -> Bool {
        !queue.isFull && Self.isUnanswered(queue.listener)
    }

    private static func isUnanswered(_ listener: Listener) -> Bool {
        let again = listener.retransmittedRequests
        return again >= unanswered && again > listener.states[.synReceived] / 2
            && again >= listener.states[.established] / 10
    }

    /// Whether handshakes began and none ended: a resend that fails here is not counted as one
    /// (`net/ipv4/inet_connection_sock.c:inet_rtx_syn_ack`).
    private func isStuck(_ queue: AcceptQueue, in situation: Situation) -> Bool {
        guard !queue.isFull, queue.requests >= Self.stuck,
            (situation.interval ?? 0) >= Self.leastInterval,
            situation.growth("Tcp", "PassiveOpens") == 0,
            DeferredAccepts(of: queue, in: situation) == nil
        else { return false }
        let before = situation.earlier?.listeners.first {
            $0.address == queue.listener.address && $0.port == queue.listener.port
        }
        return (before?.states[.synReceived] ?? 0) >= Self.stuck
    }

    private func severity(ofUnanswered queue: AcceptQueue, in situation: Situation) -> Severity {
        if isStuck(queue, in: situation) { return .warning }
        let before = situation.earlier?.listeners.first {
            $0.address == queue.listener.address && $0.port == queue.listener.port
        }
        return situation.interval != nil && before.map(Self.isUnanswered) == true
            ? .warning : .notice
    }

    private func listener(
        _ queue: AcceptQueue, dropped: CounterReading?, cookies: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let limit = HalfOpenLimit(of: queue, in: situation)
        let isFull = Double(queue.requests) >= limit.requests
        let isOff = situation.number("net.ipv4.tcp_syncookies") == 0
        let drops = ListenDrops(of: queue.listener, in: situation)
        let isDropping = isOff && drops?.grows == true
        let failing =
            (isFull && isOff) || dropped?.grows == true
            || (isDropping && isNear(queue, in: situation))
        let ratio = Double(queue.requests) / limit.requests
        let deferred = DeferredAccepts(of: queue, in: situation)
        var evidence = evidence(dropped: dropped, cookies: cookies, in: situation).merging([
            "syn_recv": .count(queue.requests), "syn_recv_limit": .number(limit.requests),
            "fill_ratio": .number(ratio), "backlog": .count(queue.backlog),
            "retransmitted_requests": .count(queue.listener.retransmittedRequests),
        ]) { old, _ in old }
        evidence["defer_accept_drops"] = deferred.map { .count(Int(clamping: $0.drops.total)) }
        return Finding(
            rule: id,
            severity: deferred != nil && !isFull
                ? .notice
                : failing
                    ? .critical
                    : isNear(queue, in: situation)
                        ? .warning : severity(ofUnanswered: queue, in: situation),
            subject: queue.place, owner: queue.listener.owner,
            observed:
                "SYN_RECV \(queue.requests.grouped) of \(limit.requests.figure) "
                + "(\(ratio.percent)), \(max(0, queue.listener.retransmittedRequests).grouped) "
                + "with a resent SYN-ACK; accept queue "
                + "\(queue.listener.queue.grouped)/\(queue.backlog.grouped)"
                + (deferred.map {
                    " · TCPDeferAcceptDrop "
                        + ($0.drops.growthText ?? situation.sinceStart($0.drops.total))
                } ?? "")
                + (isStuck(queue, in: situation)
                    ? " · no handshake completed in \((situation.interval ?? 0).duration)" : "")
                // The counter of the namespace says the same where nobody else drops.
                + (isDropping && drops?.growth != (dropped?.growth).map(Int.init(clamping:))
                    ? " · SYNs and ACKs dropped: \(drops?.text ?? "")" : "")
                + text(dropped: dropped, cookies: cookies, in: situation),
            evidence: evidence,
            cause: (limit.isMaxSynBacklog && isNear(queue, in: situation)
                ? "with tcp_syncookies 0 the kernel drops SYNs of clients that this host does not "
                    + "know once less than a quarter of tcp_max_syn_backlog is free; " : "")
                + cause(queue, deferred, in: situation),
            remedies: remedies(for: queue, deferred, in: situation), proof: proof)
    }

    /// By what the rows and the counters show; all that is possible if they show nothing.
    private func cause(
        _ queue: AcceptQueue, _ deferred: DeferredAccepts?, in situation: Situation
    ) -> String {
        if queue.isFull {
            return "the accept queue is full, so finished handshakes stay half open: the program "
                + "does not accept"
        }
        if deferred != nil {
            return "TCP_DEFER_ACCEPT: these clients have finished their handshake and have sent no "
                + "data yet; the kernel keeps them half open until they do. It is no flood, and no "
                + "answer is lost"
        }
        if let cookies = CookieReturns(in: situation), cookies.isFlood || cookies.areOfClients {
            return cookies.isFlood
                ? "the senders of the SYNs do not answer: \(cookies.ratio.percent) of the cookies "
                    + "came back valid, so it is a flood, or the answers get lost"
                : "the senders are real clients: \(cookies.ratio.percent) of the cookies came back "
                    + "valid, so the backlog is too small for the rate times the round trip"
        }
        if isStuck(queue, in: situation), queue.listener.retransmittedRequests == 0 {
            return
                "the kernel did not resend SYN-ACKs although they are due: a filter or a route of "
                + "this host blocks them"
        }
        if queue.listener.retransmittedRequests > queue.requests / 2 {
            return "the SYN-ACKs get no answer: it is a flood from addresses that do not answer, "
                + "or the answers get lost"
        }
        return "SYNs arrive faster than their handshakes end: because of a flood, lost answers, or "
            + "a backlog that is too small for the rate times the round trip"
    }

    private func counted(
        _ severity: Severity, dropped: CounterReading?, cookies: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let text = text(dropped: dropped, cookies: cookies, in: situation).dropFirst(3)
        return Finding(
            rule: id, severity: severity, subject: "SYN queues", observed: String(text),
            evidence: evidence(dropped: dropped, cookies: cookies, in: situation),
            cause:
                "half-open connections reached the backlog of a listener; no listener is near it "
                + "now",
            remedies: generalRemedies(in: situation), proof: proof)
    }

    private var proof: String {
        "net/ipv4/tcp_input.c:tcp_conn_request, tcp_syn_flood_action; measured: listen(5) keeps 6 "
            + "SYN_RECV; the next SYN gets a cookie, or is dropped with tcp_syncookies=0"
    }

    private func text(
        dropped: CounterReading?, cookies: CounterReading?, in situation: Situation
    ) -> String {
        let say = { (reading: CounterReading?, what: String) -> String in
            guard let reading, reading.growth.map({ $0 > 0 }) ?? (reading.total > 0) else {
                return ""
            }
            return " · \(what) \(reading.growthText ?? situation.sinceStart(reading.total))"
        }
        return say(dropped, "SYNs dropped") + say(cookies, "SYNs answered with cookies")
    }

    private func evidence(
        dropped: CounterReading?, cookies: CounterReading?, in situation: Situation
    ) -> [String: Evidence] {
        var evidence: [String: Evidence] = [:]
        evidence["answered_ratio"] = CookieReturns(in: situation).map { .number($0.ratio) }
        evidence["dropped"] = dropped.map { .count(Int(clamping: $0.total)) }
        evidence["dropped_per_second"] = dropped?.perSecond.map { .number($0) }
        evidence["cookies"] = cookies.map { .count(Int(clamping: $0.total)) }
        evidence["cookies_per_second"] = cookies?.perSecond.map { .number($0) }
        return evidence
    }

    /// A longer backlog for clients that finish their handshake, but not for a flood, which fills any queue.
    private func remedies(
        for queue: AcceptQueue, _ deferred: DeferredAccepts?, in situation: Situation
    ) -> [Remedy] {
        if queue.isFull {
            let waiting = WaitingClients(queue.listener, in: situation)
            return AcceptRemedies.all(for: waiting, in: situation)
        }
        if deferred != nil {
            return [
                Remedy(
                    .application,
                    "nothing is wrong; to see these clients as ESTABLISHED, remove "
                        + "TCP_DEFER_ACCEPT from the listener",
                    effect: "the program gets clients that have sent nothing at once",
                    risk: "each idle client then takes a descriptor, which the option saves",
                    undo: "set the option again",
                    snippets: [
                        Snippet(
                            "nginx", programs: ["nginx"], code: "listen 80;   # without `deferred`"),
                        Snippet(
                            "Apache httpd", programs: ["apache2", "httpd"],
                            code: "AcceptFilter http none"),
                    ])
            ]
        }
        if let cookies = CookieReturns(in: situation), cookies.isFlood || cookies.areOfClients {
            if cookies.isFlood { return [shield(queue)] + generalRemedies(in: situation) }
            return BacklogRemedies.all(for: queue, in: situation) + generalRemedies(in: situation)
        }
        if !isNear(queue, in: situation) { return [path(queue)] }
        if HalfOpenLimit(of: queue, in: situation).isMaxSynBacklog {
            return [shield(queue)] + generalRemedies(in: situation)
        }
        return queue.listener.retransmittedRequests > queue.requests / 2
            ? [shield(queue)] + generalRemedies(in: situation)
            : BacklogRemedies.all(for: queue, in: situation) + generalRemedies(in: situation)
    }

    private func shield(_ queue: AcceptQueue) -> Remedy {
        Remedy(
            .application,
            "find the senders of the SYNs, and drop or limit them before they reach this host",
            command: "ss -Htn state syn-recv 'sport = :\(queue.listener.port)' | "
                + "awk '{sub(/:[0-9]+$/,\"\",$4); print $4}' | sort | uniq -c | sort -rn | head",
            effect:
                "a flood from a few addresses can be filtered; against forged addresses only "
                + "cookies help",
            risk: "none: it only reads", undo: "nothing to revert")
    }

    private func path(_ queue: AcceptQueue) -> Remedy {
        Remedy(
            .application,
            "see whose handshakes do not end: clients of one network point to a firewall or a "
                + "route that loses one direction, unknown sources point to a flood",
            command: "ss -Htn state syn-recv 'sport = :\(queue.listener.port)' | "
                + "awk '{sub(/:[0-9]+$/,\"\",$4); print $4}' | sort | uniq -c | sort -rn | head",
            effect: "shows the sources; once the path works again, their connections open",
            risk: "none: it only reads", undo: "nothing to revert")
    }

    private func generalRemedies(in situation: Situation) -> [Remedy] {
        var remedies: [Remedy] = []
        if situation.number("net.ipv4.tcp_syncookies") == 0 {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_syncookies", "1", in: situation,
                    text: "turn cookies on: the kernel sends them only while a SYN queue is full",
                    effect: "the kernel answers SYNs beyond the limit instead of dropping them",
                    risk:
                        "a connection made with a cookie loses window scaling and SACK if the "
                        + "client has no timestamps"
                ))
        }
        remedies.append(
            .writing(
                "net.ipv4.tcp_synack_retries", "3", in: situation,
                text: "give up unanswered handshakes sooner",
                effect: "a half-open connection that never answers ends after 15 s"
                    + lifetime(situation.number("net.ipv4.tcp_synack_retries")),
                risk: "clients on lossy paths lose the later tries"))
        return remedies
    }

    /// A SYN-ACK is repeated after 1, 3, 7 … s: (2^(n+1) − 1) s in all.
    private func lifetime(_ retries: Int64?) -> String {
        guard let retries, 0...16 ~= retries else { return "" }
        return " instead of \(Double((1 << (retries + 1)) - 1).duration)"
    }
}
