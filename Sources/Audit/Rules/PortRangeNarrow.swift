import Model
import Text

/// The range of local ports is much narrower than the kernel's default, or leaves no port.
///
/// connect() chooses from ip_local_port_range, without ip_local_reserved_ports and without ports on
/// which a program listens on any local address. The kernel's default range, 32768 to 60999, has 28
/// 232 ports; each pair of source and destination has all of them. Copied tuning files, too many
/// reserved ports, and container runtimes make ranges narrow.
///
/// A notice if fewer than half of 28 232 ports are usable; a warning if in addition a destination
/// has a quarter of them taken and not reusable; critical if none is usable, because then every
/// connect() that chooses its port fails with EADDRNOTAVAIL. Ports that idle bound sockets hold do
/// not count against the range (bound-idle), nor does what a program leaks (close-wait-leak).
/// Silent if the range was not read, and if only demand is high (ports-slow reports that).
///
/// Confirm: `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Neither setting
/// affects an explicit bind(); SNAT of a container host has its own ranges. Source:
/// net/ipv4/inet_hashtables.c:__inet_hash_connect; include/net/ip.h:inet_is_local_reserved_port.
/// Measured: 50 listeners in a range of 100 ports left 50 connections to each destination.
struct PortRangeNarrow: Rule {
    static let id = RuleID.portRangeNarrow
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.portRange], helped: [.boundSockets])
    static let profileSettings = ShippedProfile.portSettings

    /// Usable ports: half of the kernel's own range.
    static let fewPorts = PortBudget.standardRange.count / 2
    /// Share of the usable ports of a tuple from which the narrow range is felt: half of what is slow.
    static let demandRatio = 0.25

    func findings(in situation: Situation) -> [Finding] {
        let budget = situation.budget
        // What idle sockets hold is no fault of the range.
        let usable = budget.usableUnbound
        let held = budget.held - budget.bound
        guard budget.isMeasured, usable < Self.fewPorts else { return [] }
        let fullest = situation.tuples.first
        // A program that leaks its connections fills a wide range as well.
        let leaked = fullest.map { $0.ledger.states[.closeWait] * 2 >= max(1, $0.used) } ?? false
        let isFelt = !leaked && (fullest?.blockedRatio ?? 0) >= Self.demandRatio
        let severity: Severity = usable == 0 ? .critical : isFelt ? .warning : .notice
        var observed =
            "\(usable.grouped) local ports for each destination, instead of "
            + "\(PortBudget.standardRange.count.grouped): \(budget.range.lowerBound) to "
            + "\(budget.range.upperBound), \(budget.reserved.grouped) reserved, "
            + "\(held.grouped) held by listening sockets"
        if let fullest, isFelt, budget.usable > 0 {
            observed += "; \(fullest.blocked.grouped) of them taken for \(fullest.tuple.text)"
        }
        return [
            Finding(
                rule: Self.id, severity: severity, subject: "net.ipv4.ip_local_port_range",
                observed: observed,
                evidence: [
                    "range_low_port": .count(budget.range.lowerBound),
                    "range_high_port": .count(budget.range.upperBound),
                    "range_ports": .count(budget.range.count),
                    "reserved_ports": .count(budget.reserved),
                    "held_ports": .count(held), "usable_ports": .count(usable),
                    "standard_ports": .count(PortBudget.standardRange.count),
                    "fullest_tuple_blocked_ratio": .number(fullest?.blockedRatio ?? 0),
                ],
                cause: Self.cause(in: situation), remedies: Self.remedies(in: situation),
                proof: "net/ipv4/inet_hashtables.c:__inet_hash_connect; measured: 50 listeners in "
                    + "a range of 100 ports leave 50 connections to each destination")
        ]
    }

    private static func cause(in situation: Situation) -> String {
        let budget = situation.budget
        let limit = (Double(budget.usableUnbound) / 60).wholeFigure
        let place = situation.setting("net.ipv4.ip_local_port_range")?.boot?.winner?.place
        let from = place.map { "; the range is set in \($0)" } ?? ""
        guard budget.usableUnbound > 0 else {
            return "connect() has no port left: it fails at once with EADDRNOTAVAIL" + from
        }
        let reason =
            budget.reserved * 2 > budget.range.count
            ? "most of the range is reserved: " : ""
        return
            "\(reason)at most \(limit) connections/s to one destination if this host closes first, "
            + "\((Double(PortBudget.standardRange.count) / 60).wholeFigure)/s with the kernel's "
            + "default range" + from
    }

    private static func remedies(in situation: Situation) -> [Remedy] {
        let budget = situation.budget
        let standard = PortBudget.standardRange
        var remedies: [Remedy] = []
        let now = "\(budget.range.lowerBound) \(budget.range.upperBound)"
        if budget.range.count < standard.count {
            remedies.append(
                Remedy(
                    .knob, "set the kernel's default range",
                    command: "sysctl -w net.ipv4.ip_local_port_range="
                        + "\"\(standard.lowerBound) \(standard.upperBound)\"",
                    effect: "\(standard.count.grouped) ports instead of "
                        + "\(budget.range.count.grouped), minus those that are reserved or have a "
                        + "listener",
                    risk: "a service on a port of the new range may find it taken when it starts; "
                        + "firewall rules may know the old range",
                    undo: "sysctl -w net.ipv4.ip_local_port_range=\"\(now)\""))
        }
        if let shorter = PortRemedies.shorterReservedList(in: situation) {
            remedies.append(shorter)
        }
        if let wider = WiderRange(situation)?.remedy { remedies.append(wider) }
        return remedies
    }
}
