import Model
import Text

/// A destination has no local port left, or will have none within a minute.
///
/// connect() needs a local port that no other socket with the same source address, destination
/// address and destination port holds. When none is left, it fails at once with EADDRNOTAVAIL
/// ("Cannot assign requested address"); no packet leaves, and no kernel counter counts it.
/// TIME_WAIT holds a port for 60 s, so N usable ports allow N/60 connections per second to one
/// destination: 470/s with the default 28 232.
///
/// A destination counts as exhausting if 95 % of its usable ports are taken and not reusable, or if
/// half of them are taken and the rest will be gone within 60 s at the measured rate: the rate of
/// the interval, or of the last 5 s without one. The rule makes no forecast for traffic that has
/// ended. Usable are the ports of ip_local_port_range, without ip_local_reserved_ports and without
/// ports that listening or bound sockets hold.
///
/// With tcp_tw_reuse on, ports in TIME_WAIT count as free only if the peer uses timestamps too: a
/// live connection shows it, or TWRecycled counts. If more ports are in TIME_WAIT than working
/// reuse would leave there, they count as taken: critical if TWRecycled is 0, otherwise a warning.
/// A warning also if 95 % are taken and nothing shows whether they can be reused.
///
/// Silent if tcp_tw_reuse frees the ports in time, if no port is usable at all (port-range-narrow,
/// bound-idle), and about destinations on this host (loopback-exhausting).
///
/// Confirm: compare `ss -Htan dst 10.0.0.9:5432 | wc -l` with
/// `sysctl net.ipv4.ip_local_port_range`. Source: net/ipv4/inet_hashtables.c:__inet_hash_connect;
/// tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 100 connections to each destination, and 60
/// ports gave 0.98 per second over three minutes.
struct PortsExhausting: Rule {
    static let id = RuleID.portsExhausting
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.connections, .portRange])
    static let profileSettings = ShippedProfile.portSettings

    /// Share of usable ports: the rest is gone in a second or two at the rate that fills them.
    static let fullRatio = 0.95
    /// Seconds: the definition of critical is that connections fail within a minute.
    static let soon = 60.0
    /// Share of usable ports below which a forecast may be a burst: five seconds of it say nothing of a minute.
    static let meaningfulRatio = 0.5

    /// Idle sockets from which the finding mentions them: more than a program has between bind() and connect().
    private static let fewestBound = 100

    func findings(in situation: Situation) -> [Finding] {
        situation.tuples
            .filter { !$0.tuple.isWithinHost && Self.applies(to: $0) }
            .map { Self.finding(Self.id, Self.severity($0), $0, in: situation) }
    }

    /// Critical if connect() is known to fail, or will fail within a minute.
    static func severity(_ tuple: TupleAssessment) -> Severity {
        tuple.reuse == .doubtful || tuple.blockedRatio < fullRatio && isUntold(tuple)
            ? .warning : .critical
    }

    /// Whether all ports are taken, most in TIME_WAIT, and nothing tells whether they can be reused.
    private static func isUntold(_ tuple: TupleAssessment) -> Bool {
        tuple.reuse == .unconfirmed && tuple.usedRatio >= fullRatio
    }

    /// Whether a tuple is full or as good as full.
    static func applies(to tuple: TupleAssessment) -> Bool {
        guard tuple.usable > 0 else { return false }
        if tuple.blockedRatio >= fullRatio || isUntold(tuple) { return true }
        guard let seconds = tuple.secondsToExhaustion else { return false }
        return seconds < soon && tuple.blockedRatio >= meaningfulRatio
    }

    /// What this rule and its milder variants say about a tuple.
    static func finding(
        _ rule: RuleID, _ severity: Severity, _ tuple: TupleAssessment, in situation: Situation
    ) -> Finding {
        let owner = situation.owner(of: tuple.ledger)
        var cause = tuple.cause(situation.called(tuple.ledger))
        let bound = situation.budget.bound
        if bound >= fewestBound {
            cause += "; bound, idle sockets hold \(bound.grouped) more ports"
        }
        return Finding(
            rule: rule, severity: severity, subject: tuple.tuple.text, owner: owner,
            observed: tuple.observed, evidence: tuple.evidence, cause: cause,
            remedies: PortRemedies(situation: situation, tuple: tuple, owner: owner).all,
            proof: "net/ipv4/inet_hashtables.c:__inet_hash_connect takes one port per source, "
                + "destination and destination port; include/net/tcp.h:TCP_TIMEWAIT_LEN is 60 s; "
                + "measured: 100 ports, 100 connections to one destination, then EADDRNOTAVAIL")
    }
}
