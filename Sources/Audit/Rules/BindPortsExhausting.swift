import Model
import Text

/// bind() with port 0 finds no free port at an address, although connect() may still find one.
///
/// bind(address, 0), and listen() without bind(), need a port that no other socket of the address
/// has, whatever its destination and state; TIME_WAIT counts. An FTP server that opens a listener
/// for each transfer (passive mode), RPC services and test suites ask for such ports. Each transfer
/// leaves its port in TIME_WAIT for 60 s if the server closes first, so an address can do as many
/// transfers per minute as it has ports. When none is left, bind() fails at once with EADDRINUSE
/// ("Address already in use"); bind() to 0.0.0.0 fails too, other addresses are free. No counter
/// shows it.
///
/// The rule compares the distinct ports of a source address with the usable ones. If each port has
/// one connection, each to another port of a peer, and connect() would have shared many of them: a
/// warning from 45 %, critical from 95 %; the sockets do not show whether the program listens on
/// port 0 or binds before connect(). If destinations share ports, connect() continues to work, and
/// only bind() and listen() with port 0 fail: a notice from 95 %. Silent below, if distinct ports
/// were not counted, if ports-exhausting or loopback-exhausting reports it for one destination, and
/// if bind() before connect() is proven (bind-before-connect).
///
/// Confirm: `python3 -c 'import socket; socket.socket().bind(("10.0.0.5", 0))'`. Source:
/// net/ipv4/inet_connection_sock.c:inet_csk_find_open_port, inet_csk_bind_conflict. Measured: 100
/// ports in TIME_WAIT block bind(0.0.0.0, 0) and bind(their address, 0); another address is free.
struct BindPortsExhausting: Rule {
    static let id = RuleID.bindPortsExhausting
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.connections, .portRange, .sourcePorts])

    func findings(in situation: Situation) -> [Finding] {
        guard situation.budget.usable > 0 else { return [] }
        return situation.sources
            .compactMap { Self.finding($0, in: situation) }
            .sorted { ($0.severity, $1.subject) > ($1.severity, $0.subject) }
    }

    private static func finding(_ source: SourceAssessment, in situation: Situation) -> Finding? {
        let isOnePortEach = source.isBound && source.isOnePortEach(in: situation)
        guard !source.isTold(in: situation),
            isOnePortEach
                ? source.usedRatio >= PortsSlow.nearRatio : !source.isBound && source.isFull
        else { return nil }
        let severity: Severity =
            !isOnePortEach ? .notice : source.isFull ? .critical : .warning
        let ports = source.ports
        var evidence = source.evidence
        evidence["destinations"] = .count(ports.destinations)
        let owner = situation.owner(of: source.tuples.map { situation.tuples[$0] })
        return Finding(
            rule: id, severity: severity, subject: "\(source.address)", owner: owner,
            observed: news(source, isOnePortEach)
                + "\(ports.distinct.grouped) of \(source.usable.grouped) ports of \(source.address) "
                + "are in use (\(source.usedRatio.percent)); "
                + (isOnePortEach ? "each has its own connection, " : "") + source.sign,
            evidence: evidence,
            cause: isOnePortEach
                ? "a program listens on port 0 for each transfer (passive FTP, RPC), or binds to "
                    + "port 0 before each connect(): the sockets do not show which. Each port "
                    + "stays taken for bind() until its connection and its TIME_WAIT end"
                : "bind() and listen() with port 0 need a port that no other socket of the address "
                    + "has; connect() shares ports among destinations and still works",
            remedies: remedies(isOnePortEach, in: situation),
            proof:
                "net/ipv4/inet_connection_sock.c:inet_csk_find_open_port skips a port that any "
                + "socket of the address has; measured: 100 ports in TIME_WAIT, then EADDRINUSE"
        )
    }

    private static func news(_ source: SourceAssessment, _ isOnePortEach: Bool) -> String {
        let bind = "bind() to \(source.address) with port 0"
        guard source.isFull else { return "" }
        let isOut = source.ports.distinct >= source.usable
        return bind
            + (isOut ? " finds no port (EADDRINUSE)" : " is about to find no port (EADDRINUSE)")
            + (isOnePortEach ? ": " : ", connect() still works: ")
    }

    private static func remedies(_ isOnePortEach: Bool, in situation: Situation) -> [Remedy] {
        var remedies = [
            Remedy(
                .application,
                isOnePortEach
                    ? "make the peer close first, or send several transfers over one connection; "
                        + "if the program binds before connect(), set IP_BIND_ADDRESS_NO_PORT"
                    : "make programs that need their own port bind to another address, or ask for "
                        + "a fixed port outside ip_local_port_range",
                effect: isOnePortEach
                    ? "a port is free at once if its peer closed first, instead of after 60 s"
                    : "bind() and listen() no longer depend on the ports of the connections",
                risk: isOnePortEach
                    ? "the peer then has the TIME_WAIT" : "clients must know the address or port",
                undo: "remove the change")
        ]
        if let autobind = BindRemedies.autobind(in: situation) { remedies.append(autobind) }
        if let wider = WiderRange(situation)?.remedy { remedies.append(wider) }
        remedies.append(BindRemedies.moreAddresses(in: situation))
        return remedies
    }
}
