import HostState

/// Half-open connections fill a listener's SYN queue, so further SYNs get cookies or are dropped.
///
/// Each listening socket keeps as many half-open connections (SYN_RECV) as its accept backlog, and
/// one more; `tcp_max_syn_backlog` is not that limit: it matters only with `tcp_syncookies = 0`,
/// where SYNs of unproven peers are dropped once less than a quarter of it is free. At the limit
/// the kernel sends cookies (`TCPReqQFullDoCookies`) or, with cookies off, drops the SYN
/// (`TCPReqQFullDrop`) (`net/ipv4/tcp_input.c:tcp_conn_request`, `tcp_syn_flood_action`). The queue
/// fills by a flood of SYNs whose senders never answer, by answers that get lost, or because the
/// accept queue behind it is full, so that finished handshakes cannot leave (see
/// `queue-overflowing`).
///
/// Confirm: `ss -tn state syn-recv | wc -l` against Send-Q of `ss -ltn`, and `nstat -az
/// 'TcpExtTCPReqQFull*'`. With `tcp_syncookies = 2` there are never such rows. Silent below three
/// quarters of the limit while the counters stand still; counts since boot alone are a notice.
struct SynQueueFull: Rule {
    static let id = "syn-queue-full"

    /// Share of the limit from which a queue is near it: one more burst of a third of the present
    /// rows fills it.
    static let nearRatio = 0.75
    /// Below so many rows a queue that is nearly full is a small backlog and daily life.
    static let nearRequests = 8

    func findings(in situation: Situation) -> [Finding] {
        let dropped = situation.reading("TcpExt", "TCPReqQFullDrop")
        let cookies = situation.reading("TcpExt", "TCPReqQFullDoCookies")
        let full = situation.now.listeners.compactMap { AcceptQueue($0) }.filter(isNear)
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

    private func isNear(_ queue: AcceptQueue) -> Bool {
        let requests = Double(queue.requests)
        if requests >= queue.requestLimit, queue.requests > 1 { return true }
        return queue.requests >= Self.nearRequests
            && requests >= Self.nearRatio * queue.requestLimit
    }

    private func listener(
        _ queue: AcceptQueue, dropped: CounterReading?, cookies: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let isFull = Double(queue.requests) >= queue.requestLimit
        let isOff = situation.number("net.ipv4.tcp_syncookies") == 0
        let failing = (isFull && isOff) || dropped?.grows == true
        let ratio = Double(queue.requests) / queue.requestLimit
        return Finding(
            rule: id, severity: failing ? .critical : .warning, subject: queue.place,
            owner: queue.listener.owner,
            observed:
                "SYN_RECV \(queue.requests.grouped) of \(queue.requestLimit.figure) "
                + "(\(ratio.percent)), to "
                + "\(max(0, queue.listener.retransmittedRequests).grouped) the SYN-ACK was sent "
                + "again; accept queue "
                + "\(queue.listener.queue.grouped)/\(queue.backlog.grouped)"
                + text(dropped: dropped, cookies: cookies, in: situation),
            evidence: evidence(dropped: dropped, cookies: cookies).merging([
                "syn_recv": .count(queue.requests), "syn_recv_limit": .number(queue.requestLimit),
                "fill_ratio": .number(ratio), "backlog": .count(queue.backlog),
                "retransmitted_requests": .count(queue.listener.retransmittedRequests),
            ]) { old, _ in old },
            cause: queue.isFull
                ? "the accept queue is full, so finished handshakes stay half open: the program "
                    + "does not accept"
                : "SYNs come faster than their handshakes end: a flood, lost answers, or a "
                    + "backlog too small for "
                    + "the rate times the round trip",
            remedies: remedies(for: queue, in: situation), proof: proof)
    }

    private func counted(
        _ severity: Severity, dropped: CounterReading?, cookies: CounterReading?,
        in situation: Situation
    ) -> Finding {
        let text = text(dropped: dropped, cookies: cookies, in: situation).dropFirst(3)
        return Finding(
            rule: id, severity: severity, subject: "SYN queues", observed: String(text),
            evidence: evidence(dropped: dropped, cookies: cookies),
            cause:
                "half-open connections reached the backlog of a listener; none is near it at "
                + "this moment",
            remedies: generalRemedies(in: situation), proof: proof)
    }

    private var proof: String {
        "net/ipv4/tcp_input.c:tcp_conn_request, tcp_syn_flood_action; measured: listen(5) keeps "
            + "6 SYN_RECV, the "
            + "next SYN gets a cookie, or is dropped with tcp_syncookies=0"
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
        return say(dropped, "SYNs dropped") + say(cookies, "SYNs answered by cookies")
    }

    private func evidence(dropped: CounterReading?, cookies: CounterReading?) -> [String: Evidence]
    {
        var evidence: [String: Evidence] = [:]
        evidence["dropped"] = dropped.map { .count(Int(clamping: $0.total)) }
        evidence["dropped_per_second"] = dropped?.perSecond.map { .number($0) }
        evidence["cookies"] = cookies.map { .count(Int(clamping: $0.total)) }
        evidence["cookies_per_second"] = cookies?.perSecond.map { .number($0) }
        return evidence
    }

    private func remedies(for queue: AcceptQueue, in situation: Situation) -> [Remedy] {
        BacklogRemedies.all(for: queue, in: situation) + generalRemedies(in: situation)
    }

    private func generalRemedies(in situation: Situation) -> [Remedy] {
        var remedies: [Remedy] = []
        if situation.number("net.ipv4.tcp_syncookies") == 0 {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_syncookies", "1", in: situation,
                    text: "turn cookies on: they are sent only while a SYN queue is full",
                    effect: "SYNs beyond the limit are answered and no longer dropped",
                    risk:
                        "a connection by cookie loses window scaling and SACK where the client "
                        + "has no timestamps"
                ))
        }
        remedies.append(
            .writing(
                "net.ipv4.tcp_synack_retries", "3", in: situation,
                text: "give up unanswered handshakes sooner",
                effect: "a half-open connection that never answers leaves after 15 s"
                    + lifetime(situation.number("net.ipv4.tcp_synack_retries")),
                risk: "clients on lossy paths lose the later tries"))
        return remedies
    }

    /// A SYN-ACK is repeated after 1, 3, 7 … s: (2^(n+1) − 1) s in all.
    private func lifetime(_ retries: Int64?) -> String {
        guard let retries, 0...16 ~= retries else { return "" }
        return " and not after \(Double((1 << (retries + 1)) - 1).duration)"
    }
}
