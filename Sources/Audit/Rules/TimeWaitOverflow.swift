import Model
import Text

/// Connections are closed without their TIME_WAIT, because tcp_max_tw_buckets is reached.
///
/// At the limit the kernel evicts nothing: the *new* TIME_WAIT is not made, the socket goes
/// straight to CLOSE, and TCPTimeWaitOverflow counts one. The connection ends without the minute
/// that guards it: a lost last ACK is answered with RST, so the peer sees an error on a connection
/// that ended well; and a connection that waits for the peer's FIN (FIN_WAIT2) vanishes, so data
/// that the peer still sends meets a RST. Newer kernels write no line to the log.
///
/// A warning where the counter grew over the interval. Without an interval, where the counter is
/// not 0 and nine tenths of the limit are in use. A counter that only stands since some past day is
/// silent. While it counts, rates that come from TIME_WAIT are lower bounds, and the report says "at
/// least".
///
/// Lowering the limit is a known bad advice to "get rid of TIME_WAIT"; it gets rid of the
/// protection.
/// Confirm: `nstat -az TcpExtTCPTimeWaitOverflow`, `grep TCP: /proc/net/sockstat` (tw) against
/// `sysctl net.ipv4.tcp_max_tw_buckets`.
/// Source: net/ipv4/tcp_minisocks.c:tcp_time_wait; inet_timewait_sock.c:inet_twsk_alloc. Measured:
/// lowering kills none.
struct TimeWaitOverflow: Rule {
    static let id = "timewait-overflow"

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
        var observed = "closings without TIME_WAIT: \(situation.sinceStart(overflows))"
        if let rate { observed += ", \(rate.figure)/s now" }
        observed += "; \(cap.sockets.grouped) in use"
        if let limit = cap.limit { observed += ", limit \(limit.grouped)" }
        var cause =
            "tcp_max_tw_buckets is reached, and what closes now gets no TIME_WAIT: a lost last ACK "
            + "becomes a RST for the peer"
        if cap.isLowered, let place = cap.assignment?.place {
            cause += "; the limit was lowered in \(place), which rids no port of TIME_WAIT safely"
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
        .application, "keep connections open and use them again, on the side that closes first",
        effect: "each request that needs no connection of its own leaves no TIME_WAIT",
        risk: "idle connections hold descriptors and memory at both ends",
        undo: "close after each request again")
}
