import Model
import Text

/// A program binds to a source address with port 0 before it connects, and so uses up ports for all
/// destinations.
///
/// bind(address, 0) must choose a port without knowing the destination, so the port must be free
/// for every destination. connect() alone, or bind() after IP_BIND_ADDRESS_NO_PORT, shares a port
/// among destinations. Bound ports stay taken through TIME_WAIT: when they run out, bind() fails
/// with EADDRINUSE and a plain connect() to any other destination finds no port either. The limit
/// is then per source address, not per destination.
///
/// One of two signs is enough. First: bind(0) starts with the parity that connect() tries last.
/// Nine tenths of a source's ports have that parity although no destination has used up the first
/// half, or nine tenths of that half are taken (from 32 ports on; below, chance could explain it).
/// Second: no port is shared by two destinations although connect() would share 20 or more.
/// connect() takes the ports of each destination in a run that begins anywhere, so runs overlap; the
/// rule reports if the chance that they do not is below one in a million.
///
/// The rule judges the distinct ports of the source over all destinations: a notice; a warning from
/// 45 % of the usable ports; critical from 95 %. Silent if the range was not read, if nothing
/// proves bind() (bind-ports-exhausting), and if one destination takes the ports and
/// ports-exhausting says so. If distinct ports were not counted, only the parity of the listed
/// destinations decides.
///
/// Confirm: `strace -f -e trace=bind,connect -p PID` shows bind(…, sin_port=htons(0)) before
/// connect(). Source: net/ipv4/inet_connection_sock.c:inet_csk_find_open_port ("offset |= 1");
/// inet_hashtables.c:__inet_hash_connect. Measured: after 100 such connections on 100 ports, 0 to
/// any other destination; with IP_BIND_ADDRESS_NO_PORT 100 to each; 50 destinations use up 15 000
/// of 15 000 ports with 300 each.
struct BindBeforeConnect: Rule {
    static let id = RuleID.bindBeforeConnect
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds(
        [.connections, .portRange], helped: [.boundSockets, .sourcePorts])

    /// Share of a source's ports with the parity that bind(0) tries first.
    static let parityRatio = SourceAssessment.parityRatio
    /// Ports from which nine tenths of one parity come by chance less than once in 100 000 (binomial, p = 1/2).
    static let fewestPorts = SourceAssessment.fewestPorts

    func findings(in situation: Situation) -> [Finding] {
        guard situation.budget.isMeasured, situation.budget.usable > 0 else { return [] }
        let findings =
            situation.now.sourcePorts == nil
            ? Self.byParityAlone(in: situation)
            : situation.sources.compactMap { Self.finding($0, in: situation) }
        return findings.sorted { ($0.severity, $1.subject) > ($1.severity, $0.subject) }
    }

    static func severity(_ fill: Double) -> Severity {
        fill >= PortsExhausting.fullRatio
            ? .critical : fill >= PortsSlow.nearRatio ? .warning : .notice
    }

    private static func finding(
        _ source: SourceAssessment, in situation: Situation
    ) -> Finding? {
        guard source.isBound, source.ports.distinct >= fewestPorts,
            !source.isOnePortEach(in: situation), !source.isTold(in: situation)
        else { return nil }
        let owner = situation.owner(of: source.tuples.map { situation.tuples[$0] })
        let ports = source.ports
        var evidence = source.evidence
        evidence["destinations"] = .count(ports.destinations)
        return finding(
            source.address, severity(source.usedRatio), owner,
            observed: source.failure
                + "\(ports.distinct.grouped) of \(source.usable.grouped) ports "
                + "of \(source.address) are in use (\(source.usedRatio.percent)), to "
                + "\(ports.destinations.counted("destination")); \(source.sign)",
            evidence: evidence, in: situation)
    }

    /// What is known if the distinct ports of a source were not counted.
    private static func byParityAlone(in situation: Situation) -> [Finding] {
        // In one tuple each row has its own port. Tuples of a single row may be the clients of a service that no longer
        // listens, all on one local port, and do not count.
        var bySource: [IPAddress: [TupleAssessment]] = [:]
        for tuple in situation.tuples where tuple.used > 1 {
            bySource[tuple.tuple.source, default: []].append(tuple)
        }
        return bySource.compactMap { source, tuples in
            let budget = situation.budget
            let used = tuples.reduce(0) { $0 + $1.used }
            let even = tuples.reduce(0) { $0 + min(max(0, $1.ledger.evenPorts), $1.used) }
            let first = budget.evenFirst ? even : used - even
            guard used >= fewestPorts, first < budget.usableFirstParity,
                Double(used - first) >= parityRatio * Double(used)
            else { return nil }
            let fill = min(1, Double(used) / Double(budget.usable))
            let share = Double(used - first) / Double(used)
            return finding(
                source, severity(fill), situation.owner(of: tuples),
                observed: "\((used - first).grouped) of \(used.grouped) ports in use are "
                    + "\(budget.evenFirst ? "odd" : "even") (\(share.percent)), the half that "
                    + "bind() with port 0 tries first; \(tuples.count.counted("destination")), "
                    + "\(fill.percent) of \(budget.usable.grouped) ports",
                evidence: [
                    "used_ports": .count(used), "usable_ports": .count(budget.usable),
                    "used_ratio": .number(fill), "second_parity_ports": .count(used - first),
                    "second_parity_ratio": .number(share), "destinations": .count(tuples.count),
                ], in: situation)
        }
    }

    private static func finding(
        _ source: IPAddress, _ severity: Severity, _ owner: Owner, observed: String,
        evidence: [String: Evidence], in situation: Situation
    ) -> Finding {
        Finding(
            rule: id, severity: severity, subject: "\(source)", owner: owner, observed: observed,
            evidence: evidence,
            cause: "\(owner.called) calls bind() with an address and port 0 before connect(): each "
                + "such port stays taken for every destination until its TIME_WAIT ends, so all "
                + "destinations together get \(situation.budget.usable.grouped) ports instead of "
                + "that many each",
            remedies: remedies(owner, in: situation),
            proof: "net/ipv4/inet_connection_sock.c:inet_csk_find_open_port starts at the other "
                + "parity; inet_hashtables.c:__inet_hash_connect skips ports that bind() took; "
                + "measured: 100 ports, 100 connections, then EADDRINUSE and 0 to any other "
                + "destination")
    }

    private static func remedies(_ owner: Owner, in situation: Situation) -> [Remedy] {
        var remedies = [
            Remedy(
                .application,
                "set IP_BIND_ADDRESS_NO_PORT before bind(), or do not call bind() at all if the "
                    + "route chooses the same source",
                effect: "gives each destination all \(situation.budget.usable.grouped) ports, "
                    + "instead of all destinations together",
                risk: "none known; Linux 4.2 and later. The port is chosen in connect(), so "
                    + "getsockname() returns it only after that",
                undo: "remove the option",
                snippets: SnippetGuide.of(owner, among: SnippetGuide.bindingLater))
        ]
        if let autobind = BindRemedies.autobind(in: situation) { remedies.append(autobind) }
        if let wider = WiderRange(situation)?.remedy { remedies.append(wider) }
        remedies.append(BindRemedies.moreAddresses(in: situation))
        return remedies
    }
}
