import Model
import Text

/// Sockets that are bound, but neither listen nor connect, hold the local ports.
///
/// bind() takes a port at once and keeps it until connect(), listen() or close(). No ordinary
/// listing shows such a socket, and connect() skips its port for every destination, whatever the
/// address of the socket: when all ports are taken, connect() to anywhere fails with EADDRNOTAVAIL.
/// bind() with port 0 fails with EADDRINUSE for the address of the sockets, and for every address
/// if that is 0.0.0.0. It is a leak: a program gives up between bind() and connect() and does not
/// call close(), or keeps a pool of such sockets.
///
/// A warning from 45 % of the ports that reserved ports and listeners leave; critical from 80 %:
/// every destination lacks them, and no timer frees one, as TIME_WAIT's does. Silent below, if the
/// range was not read, and if tcptune did not ask for such sockets.
///
/// Confirm: `ss -HBtn | wc -l` (iproute2 6.8 and later), or `sockets: used` in /proc/net/sockstat
/// far above the number of sockets that ss shows. Source:
/// net/ipv4/inet_hashtables.c:__inet_hash_connect; inet_diag.c:inet_diag_dump_icsk
/// (BOUND_INACTIVE). Measured: 600 bound sockets on 2000 ports leave 1400 connections.
struct BoundIdle: Rule {
    static let id = RuleID.boundIdle
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.portRange, .boundSockets])

    /// Ports in TIME_WAIT are free again within a minute; these are not, so the limit is lower.
    private static let criticalRatio = 0.8

    func findings(in situation: Situation) -> [Finding] {
        let budget = situation.budget
        let usable = budget.usableUnbound
        guard budget.isMeasured, usable > 0, budget.bound > 0 else { return [] }
        let ratio = Double(budget.bound) / Double(usable)
        guard ratio >= PortsSlow.nearRatio else { return [] }
        let isFull = ratio >= PortsExhausting.fullRatio
        let groups = situation.now.bound ?? []
        let owner = Self.owner(of: groups)
        let sockets = max(groups.reduce(0) { $0 + $1.sockets }, budget.bound)
        return [
            Finding(
                rule: Self.id, severity: ratio >= Self.criticalRatio ? .critical : .warning,
                subject: owner.displayName ?? "BOUND_INACTIVE", owner: owner,
                observed: (budget.usable == 0
                    ? "connect() fails everywhere (EADDRNOTAVAIL): "
                    : isFull ? "connect() is about to fail everywhere (EADDRNOTAVAIL): " : "")
                    + "\(budget.bound.grouped) of \(usable.grouped) ports are held by bound "
                    + "sockets that do nothing (\(ratio.percent))" + Self.places(groups),
                evidence: [
                    "bound_sockets": .count(sockets), "bound_ports": .count(budget.bound),
                    "usable_ports": .count(usable), "bound_ratio": .number(ratio),
                    "addresses": .text(groups.map { "\($0.address)" }.joined(separator: ",")),
                ],
                cause:
                    "\(owner.called) calls bind() and then neither connect(), listen() nor "
                    + "close(): connect() skips such a port for every destination, whatever the "
                    + "address; "
                    + Self.reach(groups),
                remedies: Self.remedies(owner, in: situation),
                proof:
                    "net/ipv4/inet_hashtables.c:__inet_hash_connect skips ports that bind() took; "
                    + "measured: 600 bound sockets on 2000 ports leave 1400 connections")
        ]
    }

    /// Whose they are, as far as some of them were looked at.
    private static func owner(of groups: [BoundSockets]) -> Owner {
        var names: [(name: String, sockets: Int, owner: Owner)] = []
        for group in groups where group.owner.confidence != .unknown {
            guard let name = group.owner.displayName else { continue }
            if let place = names.firstIndex(where: { $0.name == name }) {
                names[place].sockets += group.sockets
                names[place].owner.pids += group.owner.pids.filter {
                    !names[place].owner.pids.contains($0)
                }
            } else {
                names.append((name, group.sockets, group.owner))
            }
        }
        names.sort { $0.sockets > $1.sockets }
        guard var owner = names.first?.owner else {
            return groups.first?.owner
                ?? Owner(
                    name: nil, confidence: .unknown, reason: "their owners were not looked for")
        }
        if names.count > 1 {
            owner.confidence = .likely
            owner.reason =
                names.map { "\($0.name): \($0.sockets.grouped)" }.joined(separator: ", ")
                + " in the sockets looked at for each address"
        }
        return owner
    }

    /// So many addresses are named.
    private static let named = 3

    private static func places(_ groups: [BoundSockets]) -> String {
        guard !groups.isEmpty else { return "" }
        let shown = groups.prefix(named).map { "\($0.portsInRange.grouped) at \($0.address)" }
        let more = groups.count - shown.count
        return ", " + shown.joined(separator: ", ")
            + (more > 0 ? " and \(more.counted("more address", "more addresses"))" : "")
    }

    private static func reach(_ groups: [BoundSockets]) -> String {
        if groups.isEmpty { return "bind() with port 0 fails when none is left" }
        return groups.contains { $0.address.isUnspecified }
            ? "the sockets are bound to every address, so bind() with port 0 cannot have the port "
                + "on any address either"
            : "bind() with port 0 still finds a port at other addresses"
    }

    private static func remedies(_ owner: Owner, in situation: Situation) -> [Remedy] {
        [
            Remedy(
                .application,
                "call close() on the socket in \(owner.called) on every path after bind(), also if "
                    + "connect() fails; do not call bind() before the socket is needed",
                effect:
                    "frees up to \(situation.budget.bound.grouped) ports at once; so does a "
                    + "restart of the program, until it leaks them again",
                risk: "none if the sockets are leaked; a restart ends the program's connections",
                undo: "remove the change"),
            Remedy(
                .application,
                "set IP_BIND_ADDRESS_NO_PORT before bind() if only the address matters",
                effect: "bind() takes no port; connect() takes one when it needs it",
                risk: "none known; Linux 4.2 and later",
                undo: "remove the option",
                snippets: SnippetGuide.of(owner, among: SnippetGuide.bindingLater)),
        ]
    }
}
