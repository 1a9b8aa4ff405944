import Model
import Text

/// Connections end without their TIME_WAIT, because tcp_max_tw_buckets is reached.
///
/// At the limit the kernel evicts nothing: it does not create the *new* TIME_WAIT, the socket goes
/// straight to CLOSE, and TCPTimeWaitOverflow counts one. The connection ends without the minute
/// that protects it: the kernel answers a repeated FIN after a lost last ACK with a RST, so the
/// peer sees an error on a connection that ended well; and a connection that waits for the peer's
/// FIN (FIN_WAIT2) disappears, so data that the peer still sends gets a RST. Newer kernels write no
/// line to the log.
///
/// A warning if the counter grew over the interval; without an interval, if the counter is not 0
/// and nine tenths of the limit are in use. Silent about a counter that has not grown since some
/// past day. While it counts, rates derived from TIME_WAIT are lower bounds, and the report says
/// "at least".
///
/// Lowering the limit is common but bad advice to "get rid of TIME_WAIT"; it gets rid of the
/// protection. Confirm: `nstat -az TcpExtTCPTimeWaitOverflow`; compare
/// `grep TCP: /proc/net/sockstat` (tw) with `sysctl net.ipv4.tcp_max_tw_buckets`. Source:
/// net/ipv4/tcp_minisocks.c:tcp_time_wait; inet_timewait_sock.c:inet_twsk_alloc. Measured: a lower
/// limit kills no existing TIME_WAIT.
struct TimeWaitOverflow: Rule {
    static let id = RuleID.timewaitOverflow
    static let severities: [Severity] = [.warning]
    static let needs = RuleNeeds(
        [.setting("net.ipv4.tcp_max_tw_buckets"), .counter("TcpExt", "TCPTimeWaitOverflow")],
        helped: [.interval])

    /// Share of the limit at which a counter without a rate is taken to be counting now.
    static let nearRatio = 0.9

    func findings(in situation: Situation) -> [Finding] {
        guard let cap = TimeWaitCap(situation),
            let overflows = situation.counter("TcpExt", "TCPTimeWaitOverflow")
        else { return [] }
        let rate = situation.rate("TcpExt", "TCPTimeWaitOverflow")
        guard Self.applies(cap, overflows: overflows, rate: rate) else { return [] }
        var evidence = cap.evidence
        evidence["overflows"] = .count(Int(clamping: overflows))
        evidence["overflows_per_second"] = rate.map { .number($0) }
        var observed = "connections closed without TIME_WAIT: \(situation.sinceStart(overflows))"
        if let rate { observed += ", \(rate.figure)/s now" }
        observed += "; \(cap.sockets.grouped) in use"
        if let limit = cap.limit { observed += ", limit \(limit.grouped)" }
        var cause =
            "tcp_max_tw_buckets is reached, and connections that close now get no TIME_WAIT: after "
            + "a lost last ACK the peer gets a RST"
        if cap.isLowered, let place = cap.assignment?.place {
            cause += "; \(place) lowers the limit, which does not free ports from TIME_WAIT safely"
        }
        return [
            Finding(
                rule: Self.id, severity: .warning, subject: "net.ipv4.tcp_max_tw_buckets",
                observed: observed, evidence: evidence, cause: cause,
                remedies: [Self.closeLess, cap.raise].compactMap { $0 }, proof: TimeWaitCap.proof)
        ]
    }

    static func applies(_ cap: TimeWaitCap, overflows: Int64, rate: Double?) -> Bool {
        if let rate { return rate > 0 }
        guard overflows > 0 else { return false }
        return cap.limit == 0 || (cap.ratio ?? 0) >= nearRatio
    }

    static let closeLess = Remedy(
        .application, "keep connections open and reuse them, on the host that closes first",
        effect: "a request on a reused connection leaves no TIME_WAIT",
        risk: "idle connections take descriptors and memory on both hosts",
        undo: "close after each request again")
}
