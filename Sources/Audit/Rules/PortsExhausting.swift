import HostState

/// No local port is left for a destination, or none will be within a minute.
///
/// connect() needs a local port that no other socket of the same source address, destination
/// address and destination port holds. When none is left it fails at once with EADDRNOTAVAIL
/// ("Cannot assign requested address"); no packet leaves, and no counter of the kernel counts it.
/// TIME_WAIT holds a port for 60 s, so N usable ports allow N/60 connections a second to one
/// destination: 470/s with the default 28 232.
///
/// A tuple counts as exhausting with 95 % of its usable ports taken and not reusable, or with half
/// of them taken and the rest gone within 60 s at the rate of the last seconds. A short burst does
/// neither. Usable are the ports of ip_local_port_range, less ip_local_reserved_ports, less ports
/// on which something listens. Silent where tcp_tw_reuse frees the ports in time, where none is
/// usable at all (port-range-narrow), and for tuples with both ends on this host
/// (loopback-exhausting).
///
/// Confirm: `ss -Htan dst 10.0.0.9:5432 | wc -l` against
/// `sysctl net.ipv4.ip_local_port_range`.
/// Source: net/ipv4/inet_hashtables.c:__inet_hash_connect; tcp_ipv4.c:tcp_twsk_unique. Measured:
/// 100 ports gave 100 connections to each destination, and 60 ports 0.98 a second over three
/// minutes.
struct PortsExhausting: Rule {
    static let id = "ports-exhausting"

    /// Share of usable ports: the rest is gone in a second or two at the rate that fills them.
    static let fullRatio = 0.95
    /// Seconds: the definition of critical is that connections fail within a minute.
    static let soon = 60.0
    /// Share of usable ports below which a forecast may be a burst: five seconds of it say nothing of a minute.
    static let meaningfulRatio = 0.5

    func findings(in situation: Situation) -> [Finding] {
        situation.tuples
            .filter { !$0.tuple.isWithinHost && Self.applies(to: $0) }
            .map { Self.finding(Self.id, .critical, $0, in: situation) }
    }

    /// Whether a tuple is full or as good as full.
    static func applies(to tuple: TupleAssessment) -> Bool {
        guard tuple.usable > 0 else { return false }
        if tuple.blockedRatio >= fullRatio { return true }
        guard let seconds = tuple.secondsToExhaustion else { return false }
        return seconds < soon && tuple.blockedRatio >= meaningfulRatio
    }

    /// What this rule and its milder sisters say of a tuple.
    static func finding(
        _ rule: String, _ severity: Severity, _ tuple: TupleAssessment, in situation: Situation
    ) -> Finding {
        let owner = situation.owner(of: tuple.ledger)
        return Finding(
            rule: rule, severity: severity, subject: tuple.tuple.text, owner: owner,
            observed: tuple.observed, evidence: tuple.evidence, cause: tuple.cause(owner: owner),
            remedies: PortRemedies(situation: situation, tuple: tuple, owner: owner).all,
            proof: "net/ipv4/inet_hashtables.c:__inet_hash_connect takes one port per source, "
                + "destination and destination port; include/net/tcp.h:TCP_TIMEWAIT_LEN is 60 s; "
                + "measured: 100 ports, 100 connections to one destination, then EADDRNOTAVAIL")
    }
}
