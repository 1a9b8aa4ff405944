import Model
import Text

/// A service listens on a port that connect() may choose: after a restart the service may find its
/// port taken.
///
/// While the service listens, connect() skips its port. While it restarts, any outgoing connection
/// of the host may get the port, and then the service's bind() fails with EADDRINUSE, even with
/// SO_REUSEADDR if that connection is open. It happens rarely, and never in a test.
/// ip_local_reserved_ports excludes a port from the automatic choice; explicit bind() still works.
///
/// A warning for listeners below 32768, if a range was widened over them; a notice for those within
/// the kernel's default range. Of the latter the rule names only ports of the parity that bind()
/// with port 0 avoids: the others are, more often than not, ports that the kernel chose for
/// programs that do not care. Reserved ports are fine. Silent if the range or the reserved ports
/// were not read.
///
/// Confirm: compare `ss -Htln` with
/// `sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports`. Source:
/// include/net/ip.h:inet_is_local_reserved_port, called from
/// net/ipv4/inet_hashtables.c:__inet_hash_connect; measured: a program can still bind a reserved
/// port explicitly, and a write replaces the whole list.
struct PortRangeOverlapsListener: Rule {
    static let id = RuleID.portRangeOverlapsListener
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([
        .sockets, .portRange, .setting("net.ipv4.ip_local_reserved_ports"),
    ])
    static let profileSettings = ShippedProfile.portSettings

    /// How many ports the sentence names; the evidence has them all.
    static let named = 8

    func findings(in situation: Situation) -> [Finding] {
        let budget = situation.budget
        guard budget.isMeasured,
            situation.setting("net.ipv4.ip_local_reserved_ports")?.value != nil
        else { return [] }
        let reserved = PortSet(situation.reservedText)
        let first = budget.range.lowerBound % 2
        let standard = PortBudget.standardRange.lowerBound
        let exposed = situation.now.listeners.filter {
            let port = Int($0.port)
            return budget.range.contains(port) && !reserved.contains(port)
                && (port < standard || port % 2 == first)
        }
        let ports = Set(exposed.map { Int($0.port) }).sorted()
        guard let lowest = ports.first else { return [] }
        let owners = ports.prefix(Self.named).map { port in
            let owner = exposed.first { $0.port == port && $0.owner.name != nil }?.owner.name
            return owner.map { "\(port) (\($0))" } ?? "\(port)"
        }
        let more = ports.count - owners.count
        let busiest = situation.tuples.max { $0.used < $1.used }?.used ?? 0
        let list = ports.map { String($0) }.joined(separator: ",")
        return [
            Finding(
                rule: Self.id, severity: lowest < standard ? .warning : .notice,
                subject: ports.count == 1 ? "port \(lowest)" : "\(ports.count.grouped) ports",
                owner: ports.count == 1 ? exposed.first?.owner : nil,
                observed: "listening on " + owners.joined(separator: ", ")
                    + (more > 0 ? " and \(more.grouped) more" : "")
                    + " within the range \(budget.range.lowerBound) to "
                    + "\(budget.range.upperBound), not reserved",
                evidence: [
                    "ports": .text(list), "listening_ports": .count(ports.count),
                    "range_low_port": .count(budget.range.lowerBound),
                    "range_high_port": .count(budget.range.upperBound),
                    "most_ports_of_a_tuple": .count(busiest),
                ],
                cause: "while the service restarts, any outgoing connection may get its port; then "
                    + "the service cannot start (EADDRINUSE) until that connection is gone",
                remedies: Self.remedies(ports, in: situation),
                proof: "include/net/ip.h:inet_is_local_reserved_port; measured: the automatic "
                    + "choice skips reserved ports, and a program can bind them explicitly")
        ]
    }

    private static func remedies(_ ports: [Int], in situation: Situation) -> [Remedy] {
        let list = situation.reservation(adding: ports)
        let fits = list.utf8.count <= WiderRange.longestReservation
        return [
            Remedy(
                .application,
                "make the service listen below the range, or make the range begin above it",
                effect: "no connection can get its port",
                risk: "clients must know the new port",
                undo: "listen on the old port again"),
            Remedy(
                .knob, "reserve the ports, and keep those already reserved",
                command: fits
                    ? "sysctl -w net.ipv4.ip_local_reserved_ports=\"\(list)\"" : nil,
                effect: "excludes \(ports.count.grouped) of "
                    + "\(situation.budget.range.count.grouped) ports from the automatic choice; "
                    + "the services bind as before",
                risk: "a connection that has such a port now keeps it until it ends",
                undo: "sysctl -w net.ipv4.ip_local_reserved_ports=\"\(situation.reservedText)\""),
        ]
    }
}
