import Model
import Text

/// Connections between two programs of this host use up the local ports.
///
/// Both ends are on this host, so each closed connection leaves a TIME_WAIT here, whoever closes
/// first; but only the TIME_WAIT of the connecting end holds an ephemeral port. By default
/// (tcp_tw_reuse 2, timestamps on) connect() reuses such a port after 1 s if an address is in 127/8
/// or is ::1. It does not if a program uses another address of the host: those packets cross the
/// loopback device too, but the kernel's rule looks at the addresses.
///
/// Critical if 95 % of the usable ports are taken and not reusable, or half of them with less than
/// 60 s left; a warning from 45 %; a notice for half of them after a burst that is over. Silent
/// below, about remote destinations, and if no port is usable at all (port-range-narrow,
/// bound-idle).
///
/// The remedy is in the programs: a Unix socket needs no port, a connection that stays open needs
/// one. Confirm: `ss -tan state time-wait dst 127.0.0.1 | wc -l`. Source:
/// net/ipv4/tcp_ipv4.c:tcp_twsk_unique. Measured: 100 ports gave 200 connections in 1.1 s to
/// 127.0.0.1 and 100 to the host's own other address.
struct LoopbackExhausting: Rule {
    static let id = RuleID.loopbackExhausting
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.connections, .portRange])

    func findings(in situation: Situation) -> [Finding] {
        situation.tuples.filter { $0.tuple.isWithinHost }.compactMap { tuple in
            let isCritical = PortsExhausting.applies(to: tuple)
            guard tuple.usable > 0, isCritical || PortsSlow.applies(to: tuple) else { return nil }
            let severity =
                isCritical
                ? PortsExhausting.severity(tuple) : tuple.isEbbing ? .notice : Severity.warning
            var finding = PortsExhausting.finding(Self.id, severity, tuple, in: situation)
            if let why = Self.whyNotReused(tuple, in: situation) { finding.cause += "; " + why }
            if let server = situation.server(of: tuple.tuple), let name = server.owner.name {
                finding.cause += "; the server is \(name)"
                finding.evidence["server"] = .text(name)
            }
            finding.proof =
                "net/ipv4/tcp_ipv4.c:tcp_twsk_unique: 2 requires an address in 127/8 or ::1; "
                + "measured: 200 connections on 100 ports to 127.0.0.1 within 1.1 s, 100 to "
                + "another address of the host"
            return finding
        }
    }

    /// What prevents the reuse of ports in TIME_WAIT; nil if they have few of the ports, or if it was said.
    private static func whyNotReused(
        _ tuple: TupleAssessment, in situation: Situation
    ) -> String? {
        guard tuple.ledger.states[.timeWait] > 0, tuple.reuse != .refuted, tuple.reuse != .doubtful,
            tuple.ledger.usesTimestamps != false
        else { return nil }
        if tuple.isReusing {
            return "connect() reuses ports after \(tuple.holdSeconds.duration), which allows "
                + "\(tuple.limitPerSecond.wholeFigure) connections/s"
        }
        if !situation.reuse.timestamps { return "without timestamps connect() reuses no port" }
        if situation.reuse.mode == 2 {
            return "tcp_tw_reuse 2 reuses ports only for 127/8 and ::1, and "
                + "\(tuple.tuple.destination) is another address of this host"
        }
        return "tcp_tw_reuse is \(situation.reuse.mode), so connect() reuses no port"
    }
}
