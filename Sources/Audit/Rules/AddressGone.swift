import Model
import Text

/// Connections use a local address that this host no longer has: they are dead, and their programs
/// do not know it.
///
/// If an address is removed from an interface (a virtual IP moves to another host, a lease ends, a
/// script replaces a configuration), the kernel leaves the connections on it as they are. It no
/// longer delivers packets for the address: they go to the host that has the address now. What is
/// sent from the address gets no answer. A server's socket stays in ESTABLISHED until the server
/// sends and gives up, after a quarter of an hour, or for ever if it only waits. A connect() in
/// progress stays in SYN_SENT.
///
/// A warning if 10 or more connections have such an address; a notice from 3 on. tcptune asks the
/// kernel's routing for the addresses, so that local routes count
/// (`ip route add local 10.0.0.0/8`), and then the interfaces, VRFs included. It leaves out sockets
/// with IP_TRANSPARENT: their local address never belonged to this host. Silent about link-local
/// addresses, about more than 128 local addresses, and before Linux 5.10, which does not mark
/// transparent sockets.
///
/// Confirm: `ss -tan src ADDRESS`, and `ip route get ADDRESS`, which says `local` for an address of
/// this host. Source: net/ipv4/route.c:ip_route_input_slow delivers by the local table;
/// devinet.c:inet_del_ifa ends no connection. Measured: data sent to a removed address stays
/// unacknowledged, and the listener's socket stays ESTABLISHED.
struct AddressGone: Rule {
    static let id = RuleID.addressGone
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections, .localAddresses])

    /// One or two are what a lease or a changed network leaves on many hosts.
    static let few = 3
    /// A failover leaves more.
    static let many = 10

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.goneAddresses ?? []).compactMap { gone in
            let count = gone.states.total
            guard count >= Self.few else { return nil }
            return Self.finding(gone, count: count, in: situation)
        }
    }

    private static func finding(
        _ gone: GoneAddress, count: Int, in situation: Situation
    ) -> Finding {
        let owner = Owner.ofSome(gone.owners, looked: gone.samples.count, of: count)
        let name = owner?.called ?? "the program"
        let states = gone.states.present.map { "\($0.state.name) \($0.count.grouped)" }
        return Finding(
            rule: id, severity: count >= many ? .warning : .notice,
            subject: "\(gone.address)", owner: owner,
            observed:
                "\(count.counted("connection has", "connections have")) the local address "
                + "\(gone.address), which no interface has: \(states.joined(separator: ", "))"
                + (gone.retransmitting > 0
                    ? "; \(gone.retransmitting.grouped) of them retransmit" : ""),
            evidence: [
                "connections": .count(count), "established": .count(gone.states[.established]),
                "syn_sent": .count(gone.states[.synSent]),
                "sending_again": .count(gone.retransmitting),
                "address": .text("\(gone.address)"),
            ],
            cause: "the address was removed from this host while connections used it; the kernel "
                + "neither delivers packets for it nor ends the connections, so \(name) waits for "
                + "answers that do not come",
            remedies: [
                Remedy(
                    .application,
                    "end the dead connections: restart \(name), or make the script that moves the "
                        + "address destroy its sockets",
                    command: "ss -K src \(gone.address)",
                    effect: "\(name) sees ECONNABORTED at once and connects again",
                    risk: "ends every connection of that address; needs root and "
                        + "CONFIG_INET_DIAG_DESTROY",
                    undo: "none; if the address comes back first, the connections continue"),
                Remedy(
                    .application,
                    "add the address again, if it belongs to this host",
                    command: "ip route get \(gone.address)",
                    effect: "the command shows where the address is now; once it is on an "
                        + "interface again, the connections continue",
                    risk: "two hosts with one address disturb each other's connections",
                    undo: "ip address del"),
            ],
            proof:
                "net/ipv4/devinet.c:inet_del_ifa ends no connection; "
                + "net/ipv4/route.c:ip_route_input_slow delivers to local addresses only")
    }
}
