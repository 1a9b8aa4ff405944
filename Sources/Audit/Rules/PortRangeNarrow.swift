import Model
import Text

/// The range of local ports is much narrower than the kernel's own, or leaves none.
///
/// connect() chooses from ip_local_port_range, less ip_local_reserved_ports, less ports on which
/// something listens on any local address. The kernel's own range, 32768 to 60999, has 28 232
/// ports; each source and destination has them anew. Ranges get narrow by copied tuning files, by
/// reserving too much, and in containers by their runtime.
///
/// A notice where fewer than half of 28 232 ports are usable; a warning where a destination also has
/// a quarter of them taken and not reusable; critical where none is usable, for then every connect()
/// that chooses its port fails with EADDRNOTAVAIL. Ports that idle bound sockets hold are not counted
/// against the range (bound-idle), nor is what a program leaks (close-wait-leak). Silent where the range was not read, and where only demand is
/// high (that is ports-slow).
///
/// Confirm: `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Explicit bind()
/// is not affected by either setting; SNAT of a container host has ranges of its own.
/// Source: net/ipv4/inet_hashtables.c:__inet_hash_connect;
/// include/net/ip.h:inet_is_local_reserved_port.
/// Measured: 50 listeners in a range of 100 ports left 50 connections to each destination.
struct PortRangeNarrow: Rule {
    static let id = "port-range-narrow"

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
            "\(budget.range.lowerBound) to \(budget.range.upperBound): "
            + "\(budget.range.count.grouped) ports, \(budget.reserved.grouped) reserved, "
            + "\(held.grouped) held by listening sockets, "
            + "\(usable.grouped) usable"
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
            return "no port is left for connect(): it fails at once with EADDRNOTAVAIL" + from
        }
        let reason =
            budget.reserved * 2 > budget.range.count
            ? "most of the range is reserved" : "the range is narrow"
        return "\(reason): \(limit) connections/s to one destination where this host closes "
            + "first, \((Double(PortBudget.standardRange.count) / 60).wholeFigure)/s with the "
            + "kernel's own range" + from
    }

    private static func remedies(in situation: Situation) -> [Remedy] {
        let budget = situation.budget
        let standard = PortBudget.standardRange
        var remedies: [Remedy] = []
        let now = "\(budget.range.lowerBound) \(budget.range.upperBound)"
        if budget.range.count < standard.count {
            remedies.append(
                Remedy(
                    .knob, "take the kernel's own range",
                    command: "sysctl -w net.ipv4.ip_local_port_range="
                        + "\"\(standard.lowerBound) \(standard.upperBound)\"",
                    effect: "\(standard.count.grouped) ports instead of "
                        + "\(budget.range.count.grouped), less those reserved or listened on",
                    risk: "a service on a port of the new range can find it taken when it starts; "
                        + "firewall rules may know the old range",
                    undo: "sysctl -w net.ipv4.ip_local_port_range=\"\(now)\""))
        }
        if budget.reserved > 0 {
            remedies.append(
                Remedy(
                    .knob, "reserve only the ports that services need",
                    command: "sysctl -w net.ipv4.ip_local_reserved_ports=\"\"",
                    effect: "gives back up to \(budget.reserved.grouped) ports; write the list "
                        + "that is needed in place of the empty one",
                    risk: "a service whose port is no longer reserved can find it taken when it "
                        + "starts",
                    undo: "sysctl -w net.ipv4.ip_local_reserved_ports=\"\(situation.reservedText)\""
                ))
        }
        if let wider = WiderRange(situation)?.remedy { remedies.append(wider) }
        return remedies
    }
}
