import HostState

/// The kernel answers SYNs by cookies: a SYN queue is full, or it is told to do so always.
///
/// A cookie puts the connection's parameters into the sequence number, so that nothing need be kept
/// until the last ACK comes. It works, at a price: without timestamps a connection made by cookie
/// has no window scaling and no SACK, and a lost last ACK is never repeated by the server
/// (`net/ipv4/syncookies.c:cookie_v4_check`). The share of cookies that come back valid tells a
/// flood from real clients: `SyncookiesRecv` close to `SyncookiesSent` means real clients meet too
/// small a backlog; far below it, senders that never answer. With `tcp_syncookies = 2` cookies are
/// sent always, by setting, and no SYN_RECV row ever exists.
///
/// Confirm: `nstat -az 'TcpExtSyncookies*'`, and the kernel's log: `Possible SYN flooding
/// on port` stands there once for each listener. Silent while the counter stands still; from one
/// look, what was sent since boot is only a notice.
struct SynCookiesSent: Rule {
    static let id = "syn-cookies-sent"

    /// Half of the cookies come back: between a flood (about none) and real clients (about all).
    static let realClientsRatio = 0.5

    func findings(in situation: Situation) -> [Finding] {
        guard let sent = situation.reading("TcpExt", "SyncookiesSent"), sent.total > 0,
            sent.growth != 0
        else { return [] }
        let received = situation.reading("TcpExt", "SyncookiesRecv")
        let failed = situation.reading("TcpExt", "SyncookiesFailed")
        let isAlways = situation.number("net.ipv4.tcp_syncookies") == 2
        let ratio =
            sent.grows
            ? received?.growth.map { min(1, Double($0) / Double(sent.growth ?? 1)) } : nil
        var evidence: [String: Evidence] = ["cookies": .count(Int(clamping: sent.total))]
        evidence["cookies_per_second"] = sent.perSecond.map { .number($0) }
        evidence["answered_ratio"] = ratio.map { .number($0) }
        evidence["failed"] = failed.map { .count(Int(clamping: $0.total)) }
        let crowded = situation.now.listeners.compactMap { AcceptQueue($0) }
            .filter { $0.requests > 0 }.max { $0.requests < $1.requests }
        return [
            Finding(
                rule: id, severity: sent.grows && !isAlways ? .warning : .notice,
                subject: crowded?.place ?? "SYN queues", owner: crowded?.listener.owner,
                observed: "SYN cookies sent: "
                    + (sent.growthText ?? situation.sinceStart(sent.total))
                    + (ratio.map { ", \($0.percent) of them came back valid" } ?? ""),
                evidence: evidence, cause: cause(isAlways: isAlways, ratio: ratio),
                remedies: remedies(for: crowded, isAlways: isAlways, in: situation),
                proof:
                    "net/ipv4/tcp_input.c:tcp_syn_flood_action, "
                    + "net/ipv4/syncookies.c:cookie_v4_check; measured: "
                    + "TCPReqQFullDoCookies and SyncookiesSent grow with each SYN beyond backlog "
                    + "+ 1"
            )
        ]
    }

    private func cause(isAlways: Bool, ratio: Double?) -> String {
        if isAlways {
            return "tcp_syncookies = 2: every SYN is answered by a cookie, full queue or not"
        }
        guard let ratio else { return "a listener's SYN queue was full" }
        return ratio >= Self.realClientsRatio
            ? "real clients: most cookies come back, so the backlog is too small for this rate "
                + "of connections"
            : "most cookies never come back: a flood of SYNs, or answers that get lost"
    }

    private func remedies(
        for queue: AcceptQueue?, isAlways: Bool, in situation: Situation
    ) -> [Remedy] {
        if isAlways {
            return [
                .writing(
                    "net.ipv4.tcp_syncookies", "1", in: situation,
                    text: "send cookies only while a queue is full",
                    effect: "connections keep all their options in normal times",
                    risk: "none known: cookies come back by themselves under a flood")
            ]
        }
        var remedies = queue.map { BacklogRemedies.all(for: $0, in: situation) } ?? []
        if situation.number("net.ipv4.tcp_timestamps") == 0 {
            remedies.append(
                .writing(
                    "net.ipv4.tcp_timestamps", "1", in: situation,
                    text: "turn timestamps on: they carry the options that a cookie cannot",
                    effect: "connections made by cookie keep window scaling and SACK",
                    risk: "12 bytes in each segment"))
        }
        if remedies.isEmpty {
            remedies.append(
                Remedy(
                    .application, "find the listener: the kernel's log names it once",
                    command: "dmesg | grep 'SYN flooding'",
                    effect: "tells the port whose backlog to raise or to shield",
                    risk: "none: it only reads", undo: "nothing to undo"))
        }
        return remedies
    }
}
