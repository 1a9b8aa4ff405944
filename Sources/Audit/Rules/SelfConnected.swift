import Model

/// A socket is connected to itself: connect() to a local port without a listener met its own SYN.
///
/// connect() to a port of this host takes a local port from `ip_local_port_range`. If nothing
/// listens on the destination's port and that port is in the range, sooner or later the kernel
/// chooses it as the source as well: the SYN arrives at the socket that sent it, and by
/// simultaneous open (RFC 9293 §3.5) the socket is connected to itself. The program believes that
/// the server is there, and reads what it wrote. The server cannot start: bind() fails with
/// EADDRINUSE as long as the connection is open.
///
/// A warning for each such address and port; it happens if a client tries again and again while its
/// server is down. Silent if tcptune found none, or did not look for it.
///
/// Confirm: `ss -tnp state established`: Local and Peer are the same. Source:
/// net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process (SYN without ACK).
struct SelfConnected: Rule {
    static let id = RuleID.selfConnected
    static let severities: [Severity] = [.warning]
    static let needs = RuleNeeds([.connections, .selfConnections])

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.selfConnected ?? []).map { finding($0, in: situation) }
    }

    private func finding(_ connection: SelfConnection, in situation: Situation) -> Finding {
        let place = connection.address.with(port: connection.port)
        let owner =
            situation.now.tuples.first {
                $0.tuple
                    == Tuple(
                        source: connection.address, destination: connection.address,
                        port: connection.port)
            }.map { situation.owner(of: $0) } ?? .unknown
        let name = owner.called
        return Finding(
            rule: id, severity: .warning, subject: place, owner: owner,
            observed: "\(place) is connected to itself",
            evidence: ["port": .count(Int(connection.port))],
            cause:
                "\(name) connects to a port of the ephemeral range on which nothing listens, and "
                + "the kernel chose the same port as the source; the server of the port cannot "
                + "bind meanwhile",
            remedies: [
                Remedy(
                    .application,
                    "end the connection, and make \(name) check after connect() that the local and "
                        + "the remote address differ",
                    command: "ss -K src \(place) dst \(place)",
                    effect: "the server can bind \(place) again",
                    risk: "\(name) gets ECONNABORTED on it; the command needs root and a kernel "
                        + "with CONFIG_INET_DIAG_DESTROY",
                    undo: "none: an ended connection is gone"),
                reserve(connection.port, in: situation),
            ].compactMap { $0 },
            proof: "net/ipv4/tcp_input.c:tcp_rcv_synsent_state_process; RFC 9293 §3.5, figure 7")
    }

    private func reserve(_ port: UInt16, in situation: Situation) -> Remedy? {
        let key = "net.ipv4.ip_local_reserved_ports"
        guard let present = situation.setting(key)?.value else { return nil }
        let list = present.filter { $0 != " " && $0 != "\n" && $0 != "\t" }
        let undo =
            list.isEmpty
            ? "sysctl -w \(key)=" : SysctlCommand.text(key, list) ?? "write the old list again"
        return Remedy(
            .knob, "exclude the server's port from the automatic choice",
            command: SysctlCommand.text(key, list.isEmpty ? "\(port)" : "\(list),\(port)"),
            effect:
                "connect() no longer chooses \(port) as a source, so it cannot meet itself there",
            risk: "one port less for connections", undo: undo)
    }
}
