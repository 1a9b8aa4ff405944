import HostState

/// A program binds to a source address with port 0 before it connects, and so burns ports for all
/// destinations.
///
/// bind(address, 0) must choose a port without knowing the destination, so the port must be free
/// for every one. connect() alone, or bind() after IP_BIND_ADDRESS_NO_PORT, shares a port among
/// destinations. Bound ports stay burnt through TIME_WAIT: when they run out, bind() fails with
/// EADDRINUSE and plain connect() to any other destination finds no port either. The limit is then
/// per source address, not per destination.
///
/// The sign: bind(0) tries the parity first that connect() tries last. The rule speaks where nine
/// tenths of a source's ports have that parity while the first half still has free ones, from 32
/// ports on (below, chance could do it). A notice; a warning from 45 % of the usable ports over all
/// destinations; critical from 95 %. It is silent where the range was not read, and cannot see
/// tuples that the snapshot left out.
///
/// Confirm: `strace -f -e trace=bind,connect -p PID` shows bind(…, sin_port=htons(0)) before
/// connect().
/// Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port ("offset |= 1");
/// inet_hashtables.c:__inet_hash_connect.
/// Measured: after 100 such connections on 100 ports, 0 to any other destination; with
/// IP_BIND_ADDRESS_NO_PORT 100 to each.
struct BindBeforeConnect: Rule {
    static let id = "bind-before-connect"

    /// Share of a source's ports with the parity that bind(0) tries first.
    static let parityRatio = 0.9
    /// Ports from which nine tenths of one parity come by chance less than once in 100 000 (binomial, p = 1/2).
    static let fewestPorts = 32

    func findings(in situation: Situation) -> [Finding] {
        guard situation.budget.isMeasured, situation.budget.usable > 0 else { return [] }
        // Of one tuple each row has a port of its own. Tuples of a single row may be the clients of a service
        // that no longer listens, all on one local port, and do not count.
        let bySource = situation.tuples.indices
            .compactMap { index -> (source: IPAddress, index: Int)? in
                let tuple = situation.tuples[index]
                return tuple.used > 1 ? (tuple.tuple.source, index) : nil
            }
            .sorted {
                ($0.source.high, $0.source.low, $0.index)
                    < ($1.source.high, $1.source.low, $1.index)
            }
        var rest = bySource[...]
        var findings: [Finding] = []
        while let source = rest.first?.source {
            let own = rest.prefix { $0.source == source }
            rest = rest.dropFirst(own.count)
            let tuples = own.map { situation.tuples[$0.index] }
            if let finding = Self.finding(source, tuples, in: situation) {
                findings.append(finding)
            }
        }
        return
            findings
            .sorted { ($0.severity, $1.subject) > ($1.severity, $0.subject) }
    }

    private static func finding(
        _ source: IPAddress, _ tuples: [TupleAssessment], in situation: Situation
    ) -> Finding? {
        let budget = situation.budget
        let used = tuples.reduce(0) { $0 + $1.used }
        let even = tuples.reduce(0) { $0 + min(max(0, $1.ledger.evenPorts), $1.used) }
        let first = budget.evenFirst ? even : used - even
        guard used >= fewestPorts, first < budget.usableFirstParity,
            Double(used - first) >= parityRatio * Double(used)
        else { return nil }
        let fill = min(1, Double(used) / Double(budget.usable))
        let severity: Severity =
            fill >= PortsExhausting.fullRatio
            ? .critical : fill >= PortsSlow.nearRatio ? .warning : .notice
        let fullest = tuples.max { $0.used < $1.used }
        let owner = fullest.map { situation.owner(of: $0.ledger) } ?? .unknown
        let parity = budget.evenFirst ? "odd" : "even"
        return Finding(
            rule: id, severity: severity, subject: "\(source)", owner: owner,
            observed: "\((used - first).grouped) of \(used.grouped) ports in use are \(parity) "
                + "(\((Double(used - first) / Double(used)).percent)), the half that bind() with "
                + "port 0 tries first; \(tuples.count.grouped) "
                + (tuples.count == 1 ? "destination" : "destinations")
                + ", \(fill.percent) of \(budget.usable.grouped) ports",
            evidence: [
                "used_ports": .count(used), "usable_ports": .count(budget.usable),
                "used_ratio": .number(fill), "second_parity_ports": .count(used - first),
                "second_parity_ratio": .number(Double(used - first) / Double(used)),
                "destinations": .count(tuples.count),
            ],
            cause: "\(owner.called) calls bind() with an address and port 0 before connect(): each "
                + "such port is taken for every destination until its TIME_WAIT ends, so all "
                + "destinations together get \(budget.usable.grouped) ports instead of that many each",
            remedies: remedies(owner, in: situation),
            proof: "net/ipv4/inet_connection_sock.c:inet_csk_find_open_port starts at the other "
                + "parity; inet_hashtables.c:__inet_hash_connect passes over ports that bind() "
                + "took; measured: 100 ports, 100 connections, then EADDRINUSE and 0 to any other "
                + "destination")
    }

    private static func remedies(_ owner: Owner, in situation: Situation) -> [Remedy] {
        var remedies = [
            Remedy(
                .application,
                "set IP_BIND_ADDRESS_NO_PORT before bind(), or do not bind() at all where the route "
                    + "chooses the same source",
                effect: "gives each destination all \(situation.budget.usable.grouped) ports, "
                    + "instead of all destinations together",
                risk: "none known; Linux 4.2 and later. The port is chosen in connect(), so "
                    + "getsockname() tells it only then",
                undo: "leave the option out",
                snippets: SnippetGuide.of(owner, among: SnippetGuide.bindingLater))
        ]
        if situation.number("net.ipv4.ip_autobind_reuse") == 0 {
            remedies.append(
                Remedy(
                    .knob,
                    "let bind() share ports between sockets that set SO_REUSEADDR, once the range "
                        + "is used up",
                    command: "sysctl -w net.ipv4.ip_autobind_reuse=1",
                    effect: "measured: 300 connections on 100 ports to three destinations; only "
                        + "for programs that set SO_REUSEADDR before bind()",
                    risk: "the error can move from bind() to connect(), where a program may not "
                        + "expect it",
                    undo: "sysctl -w net.ipv4.ip_autobind_reuse=0"))
        }
        if let wider = WiderRange(situation)?.remedy { remedies.append(wider) }
        remedies.append(
            Remedy(
                .lastResort, "bind to a second source address in turn",
                effect: "adds \(situation.budget.usable.grouped) ports for each address",
                risk: "firewalls and access lists must know the new address",
                undo: "remove the address again"))
        return remedies
    }
}
