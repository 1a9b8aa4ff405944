import Model
import Text

/// Connections have a local address that this host no longer has: they are dead, and nobody tells their programs.
///
/// When an address is taken from an interface (a virtual IP moves to another host, a lease ends, a
/// script replaces a configuration), the kernel leaves the connections on it as they are. What comes
/// for the address is no longer delivered, and goes to whoever has the address now; what is sent from
/// it gets no answer. A server's side waits in ESTABLISHED until it sends and gives up, after a
/// quarter of an hour, or for ever where it only waits. A connect() under way stays in SYN_SENT.
///
/// A warning where 10 or more connections have such an address; a notice from 3 on. The addresses are
/// asked of the kernel's routing, so that local routes count (`ip route add local 10.0.0.0/8`), and
/// then of the interfaces, VRFs included. Sockets with IP_TRANSPARENT are left out: their local
/// address never was this host's. Silent about link-local addresses, about more than 128 local
/// addresses, and before Linux 5.10, which does not tell transparent sockets.
///
/// Confirm: `ss -tan src ADDRESS`, and `ip route get ADDRESS`, which says `local` of an own address.
/// Source: net/ipv4/route.c:ip_route_input_slow delivers by the local table; devinet.c:inet_del_ifa
/// ends no connection. Measured: data sent to a removed address stays unacknowledged, and the
/// listener's side stays ESTABLISHED.
struct AddressGone: Rule {
    static let id = "address-gone"

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
                    ? "; \(gone.retransmitting.grouped) of them send again" : ""),
            evidence: [
                "connections": .count(count), "established": .count(gone.states[.established]),
                "syn_sent": .count(gone.states[.synSent]),
                "sending_again": .count(gone.retransmitting),
                "address": .text("\(gone.address)"),
            ],
            cause: "the address was taken from this host while connections were on it; the kernel "
                + "neither delivers what comes for it nor ends them, so \(name) waits for answers "
                + "that do not come",
            remedies: [
                Remedy(
                    .application,
                    "end the dead connections: restart \(name), or let the script that moves the "
                        + "address destroy its sockets",
                    command: "ss -K src \(gone.address)",
                    effect: "\(name) sees ECONNABORTED at once and connects again",
                    risk: "ends every connection of that address; needs root and "
                        + "CONFIG_INET_DIAG_DESTROY",
                    undo: "none: if the address comes back first, they live on"),
                Remedy(
                    .application,
                    "put the address back, if it should be here",
                    command: "ip route get \(gone.address)",
                    effect: "the command says where the address is now; with it on an interface "
                        + "again the connections go on",
                    risk: "two hosts with one address disturb each other's connections",
                    undo: "ip address del"),
            ],
            proof:
                "net/ipv4/devinet.c:inet_del_ifa ends no connection; "
                + "net/ipv4/route.c:ip_route_input_slow delivers to local addresses only")
    }
}
