import Model
import Text

/// The kernel answers SYNs with cookies: a SYN queue is full, or tcp_syncookies = 2 always sends
/// them.
///
/// A cookie puts the connection's parameters into the sequence number, so that the kernel needs to
/// store nothing until the last ACK comes. It works, at a price: without timestamps a connection
/// made with a cookie has no window scaling and no SACK, and the server never repeats a lost last
/// ACK (`net/ipv4/syncookies.c:cookie_v4_check`). The share of cookies that come back valid tells a
/// flood from real clients: `SyncookiesRecv` close to `SyncookiesSent` means that the backlog is
/// too small for real clients; far below it, the senders never answer. With `tcp_syncookies = 2`
/// the kernel always sends cookies, and no SYN_RECV row ever exists: then the rule reports only if
/// 100 or more cookies were sent in the interval and less than half of them came back.
///
/// Confirm: `nstat -az 'TcpExtSyncookies*'`, and the kernel's log: it says
/// `Possible SYN flooding on port` once for each listener. Silent if the counter does not grow;
/// with one look, cookies sent since boot are only a notice.
struct SynCookiesSent: Rule {
    static let id = RuleID.synCookiesSent
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.counter("TcpExt", "SyncookiesSent")], helped: [.interval])
    static let profileSettings: Set<String> = ["net.core.somaxconn"]

    /// With cookies for every SYN, so many in the interval make a flood; a scanner sends a few.
    static let leastOfFlood: Int64 = 100

    func findings(in situation: Situation) -> [Finding] {
        guard let sent = situation.reading("TcpExt", "SyncookiesSent"), sent.total > 0,
            sent.growth != 0
        else { return [] }
        let failed = situation.reading("TcpExt", "SyncookiesFailed")
        let returns = CookieReturns(in: situation)
        let isAlways = situation.alwaysSendsCookies
        if isAlways {
            guard let returns, returns.isOfInterval, returns.isFlood,
                returns.sent >= Self.leastOfFlood
            else { return [] }
        }
        var evidence: [String: Evidence] = ["cookies": .count(Int(clamping: sent.total))]
        evidence["cookies_per_second"] = sent.perSecond.map { .number($0) }
        evidence["answered_ratio"] = returns.map { .number($0.ratio) }
        evidence["failed"] = failed.map { .count(Int(clamping: $0.total)) }
        let crowded = situation.now.listeners.compactMap { AcceptQueue($0) }
            .filter { $0.requests > 0 }.max { $0.requests < $1.requests }
        return [
            Finding(
                rule: id, severity: sent.grows ? .warning : .notice,
                subject: crowded?.place ?? "SYN queues", owner: crowded?.listener.owner,
                observed: "SYN cookies sent: "
                    + (sent.growthText ?? situation.sinceStart(sent.total))
                    + (returns.map { ", \($0.ratio.percent) of them came back valid" } ?? ""),
                evidence: evidence, cause: cause(returns),
                remedies: remedies(for: crowded, returns, in: situation),
                proof:
                    "net/ipv4/tcp_input.c:tcp_syn_flood_action, "
                    + "net/ipv4/syncookies.c:cookie_v4_check; measured: TCPReqQFullDoCookies and "
                    + "SyncookiesSent grow with each SYN beyond backlog + 1"
            )
        ]
    }

    private func cause(_ returns: CookieReturns?) -> String {
        guard let returns, returns.isFlood || returns.areOfClients else {
            return "a listener's SYN queue was full"
        }
        return returns.areOfClients
            ? "the senders are real clients: most cookies come back, so the backlog is too small "
                + "for this rate of connections"
            : "most cookies never come back: it is a SYN flood, or the answers get lost"
    }

    /// A longer backlog only for cookies that come back: a flood fills any queue.
    private func remedies(
        for queue: AcceptQueue?, _ returns: CookieReturns?, in situation: Situation
    ) -> [Remedy] {
        var remedies =
            returns?.areOfClients == true
            ? queue.map { BacklogRemedies.all(for: $0, in: situation) } ?? [] : []
        if returns?.isFlood == true {
            remedies.append(
                Remedy(
                    .application,
                    "leave cookies on: they answer the flood; find its senders, and drop or limit "
                        + "them before they reach this host",
                    command: "ss -Htn state syn-recv | awk '{sub(/:[0-9]+$/,\"\",$4); "
                        + "print $4}' | sort | uniq -c "
                        + "| sort -rn | head",
                    effect: "you can filter a flood from few addresses; the flood would fill a "
                        + "longer backlog as well",
                    risk: "none: it only reads", undo: "nothing to revert"))
        }
        if situation.number("net.ipv4.tcp_timestamps") == 0 {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_timestamps", "1", in: situation,
                    text: "turn timestamps on: they carry the options that a cookie cannot",
                    effect: "connections made with a cookie keep window scaling and SACK",
                    risk: "12 bytes in each segment"))
        }
        if remedies.isEmpty {
            remedies.append(
                Remedy(
                    .application, "find the listener: the kernel log names it once",
                    command: "dmesg | grep 'SYN flooding'",
                    effect: "shows the port whose backlog you can raise or shield",
                    risk: "none: it only reads", undo: "nothing to revert"))
        }
        return remedies
    }
}
