import HostState

/// Many connections end by a reset instead of a close.
///
/// `EstabResets` counts connections that went from ESTABLISHED or CLOSE_WAIT straight to CLOSE: by
/// a RST from the peer, by one of this side, or by giving up; on loopback both ends count
/// (`net/ipv4/tcp.c:tcp_set_state`). A reset throws away what was under way in either direction.
/// Some programs mean it (SO_LINGER 0, health checks). Otherwise the `TCPAbort…` counters tell this
/// side's part: `OnClose`, close() with data unread; `OnData`, SO_LINGER 0 or data after close();
/// `OnTimeout`, the peer fell silent; `OnMemory`, too many orphans or no memory. The rest came from
/// peers: crashed programs, idle timeouts of balancers and NAT that are shorter than those of the
/// programs.
///
/// Confirm: `nstat -az TcpEstabResets 'TcpExtTCPAbort*' TcpOutRsts`; `tcpdump
/// 'tcp[tcpflags] & tcp-rst != 0'`. Judged against the connections opened and accepted meanwhile.
/// Silent below a tenth of them, for a handful, and without an interval for less than a thousand:
/// then it is a notice at most.
struct ResetsHigh: Rule {
    static let id = "resets-high"

    /// One in ten: health checks that close by RST stay below that on a host that serves anybody.
    static let noticeRatio = 0.10
    /// One in four: whatever the reason, closing by RST is how this host works.
    static let warningRatio = 0.25
    /// A handful in an interval makes no share.
    static let leastResets: Int64 = 20
    /// Since boot even a quiet host collects some, by scans and health checks.
    static let leastResetsSinceBoot: Int64 = 1000

    private static let aborts = [
        (name: "TCPAbortOnClose", text: "closed with data unread"),
        (name: "TCPAbortOnData", text: "SO_LINGER 0 or data after close"),
        (name: "TCPAbortOnTimeout", text: "peer fell silent"),
        (name: "TCPAbortOnMemory", text: "no memory or too many orphans"),
    ]

    func findings(in situation: Situation) -> [Finding] {
        guard let resets = situation.reading("Tcp", "EstabResets"),
            let active = situation.reading("Tcp", "ActiveOpens"),
            let passive = situation.reading("Tcp", "PassiveOpens")
        else { return [] }
        let isInterval = resets.growth != nil && active.growth != nil && passive.growth != nil
        let value = { (reading: CounterReading) in isInterval ? reading.growth ?? 0 : reading.total
        }
        let count = value(resets)
        let opened = Double(value(active)) + Double(value(passive))
        guard count >= (isInterval ? Self.leastResets : Self.leastResetsSinceBoot), opened > 0
        else { return [] }
        let ratio = Double(count) / opened
        guard ratio >= Self.noticeRatio else { return [] }
        var evidence: [String: Evidence] = [
            "resets": .count(Int(clamping: count)), "opened": .number(opened),
            "reset_ratio": .number(ratio),
        ]
        evidence["resets_per_second"] = resets.perSecond.map { .number($0) }
        var own: [(text: String, count: Int64)] = []
        for abort in Self.aborts {
            guard let reading = situation.reading("TcpExt", abort.name) else { continue }
            let count = isInterval ? reading.growth ?? 0 : reading.total
            evidence[abort.name] = .count(Int(clamping: count))
            if count > 0 { own.append((abort.text, count)) }
        }
        own.sort { $0.count > $1.count }
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        return [
            Finding(
                rule: id, severity: isInterval && ratio >= Self.warningRatio ? .warning : .notice,
                subject: "connections",
                observed:
                    "\(count.grouped) resets to \(opened.figure) connections opened "
                    + "(\(ratio.percent)) \(span)"
                    + (own.isEmpty
                        ? "; none sent for a reason this side counts"
                        : "; this side: "
                            + own.map { "\($0.text) \($0.count.grouped)" }.joined(separator: ", ")),
                evidence: evidence,
                cause: own.first.map { "most of this side's own: \($0.text)" }
                    ?? "the peers reset: their programs end, or idle timeouts on the way are shorter than the programs'",
                remedies: remedies(mostly: own.first?.text),
                proof:
                    "net/ipv4/tcp.c:tcp_set_state (TCP_MIB_ESTABRESETS), __tcp_close; "
                    + "net/ipv4/tcp_timer.c:tcp_write_err"
            )
        ]
    }

    private func remedies(mostly: String?) -> [Remedy] {
        [
            Remedy(
                .application,
                mostly == Self.aborts[0].text
                    ? "read to the end before close(): data left in the buffer turns the close "
                        + "into a reset"
                    : mostly == Self.aborts[1].text
                        ? "take SO_LINGER 0 out, and read until the peer has closed before closing"
                        : "let the side that opens connections drop idle ones before anything on "
                            + "the way does",
                effect: "connections end by FIN, what was sent arrives",
                risk:
                    "connections closed by FIN pass through TIME_WAIT, for 60 s, at the side "
                    + "that closes first",
                undo: "put the old setting back",
                snippets: [
                    Snippet(
                        "nginx", programs: ["nginx"],
                        code: "lingering_close on;   # the default\nkeepalive_timeout 75s;"),
                    Snippet(
                        "Go net/http", programs: [],
                        code: "&http.Transport{IdleConnTimeout: 50 * time.Second}"),
                    Snippet(
                        "Node.js", programs: ["node"], code: "server.keepAliveTimeout = 75_000"),
                ]),
            Remedy(
                .application, "see who sends them",
                command: "tcpdump -ni any -c 50 'tcp[tcpflags] & tcp-rst != 0'",
                effect: "source address and port name the side and the service",
                risk: "needs root; 50 packets", undo: "nothing to undo"),
        ]
    }
}
