import Model
import Text

/// A program chooses its local ports from its own range, and that range looks used up.
///
/// A program can limit itself: by bind() to ports that it counts through
/// (`source 10.0.0.1:10000-10999` of HAProxy), or by IP_LOCAL_PORT_RANGE (Linux 6.3 and later).
/// When its range is used up, connect() or bind() fails with EADDRNOTAVAIL or EADDRINUSE while
/// ip_local_port_range is nearly free, so no sysctl helps. No dump of sockets shows either kind of
/// range; it shows a block of consecutive ports without a gap. connect() leaves gaps: it takes
/// every second port until half of the range is used.
///
/// A warning if 64 or more consecutive ports are all in use, inside ip_local_port_range and to one
/// destination; or outside of it, above 1023, if the block begins and ends at round numbers
/// (multiples of 50, or 32; the end may be one less). The finding always says "looks": only the
/// program's configuration says whether the block ends there because the range does. Silent about
/// blocks outside the range with other ends: a program that takes ports one after another, and has
/// more of them, looks the same. Silent if connect() has begun with the second half of the range
/// (ports-slow).
///
/// Confirm: the program's configuration; `ss -Htan 'sport >= :10000 and sport <= :10999' | wc -l`.
/// Source: net/ipv4/inet_connection_sock.c:inet_sk_get_local_port_range;
/// net/ipv4/inet_hashtables.c:__inet_hash_connect. Measured: with IP_LOCAL_PORT_RANGE 40000 to
/// 40099 the 101st connect() to one destination fails with EADDRNOTAVAIL, on a host with 28 132
/// free ports.
struct OwnRangeExhausting: Rule {
    static let id = RuleID.ownRangeExhausting
    static let severities: [Severity] = [.warning]
    static let needs = RuleNeeds([.connections, .portRange, .portBlocks])

    /// Shorter blocks are no range that anybody chooses.
    static let fewest = 64
    /// Share of a block that one destination must have.
    static let ownRatio = 0.98
    /// Share of a destination's ports that lie in its block: with more elsewhere connect() chose them.
    static let insideRatio = 0.9
    /// Ends of ranges are multiples of one of these.
    private static let roundSteps = [50, 32]

    func findings(in situation: Situation) -> [Finding] {
        (situation.now.portBlocks ?? []).compactMap { block in
            let isOwn =
                Double(block.fullestSockets) >= Self.ownRatio * Double(block.count)
            let isInRange =
                situation.budget.range.contains(Int(block.low))
                && situation.budget.range.contains(Int(block.high))
            guard block.count >= Self.fewest, situation.budget.isMeasured,
                isInRange ? isOwn && Self.isSeparate(block, in: situation) : Self.isRound(block)
            else { return nil }
            return Self.finding(block, isOwn: isOwn, isInRange: isInRange, in: situation)
        }
    }

    /// Whether the destination's ports lie in the block, and not all over the range.
    private static func isSeparate(_ block: PortBlock, in situation: Situation) -> Bool {
        guard let tuple = situation.tuples.first(where: { $0.tuple == block.fullest }) else {
            return true
        }
        return Double(block.fullestSockets) >= insideRatio * Double(tuple.ledger.states.total)
            && Double(block.count) < insideRatio * Double(tuple.usable)
    }

    /// Whether both ends are numbers that somebody chose.
    private static func isRound(_ block: PortBlock) -> Bool {
        let low = Int(block.low)
        let high = Int(block.high)
        return roundSteps.contains { step in
            (low % step == 0 || low % step == 1) && (high % step == 0 || high % step == step - 1)
        }
    }

    private static func finding(
        _ block: PortBlock, isOwn: Bool, isInRange: Bool, in situation: Situation
    ) -> Finding {
        let owner = Owner.ofSome(
            block.owners, looked: block.samples.count,
            of: block.states.total - block.states[.timeWait])
        let name = owner?.called ?? "a program"
        let range = "\(block.low) to \(block.high)"
        let timeWait = block.states[.timeWait]
        let budget = situation.budget
        let place = isOwn ? block.fullest.map { " to \($0.destination.with(port: $0.port))" } : nil
        return Finding(
            rule: id, severity: .warning,
            subject: isOwn ? block.fullest?.text ?? "\(block.source)" : "\(block.source)",
            owner: owner,
            observed:
                "all \(block.count.grouped) ports from \(range) are in use\(place ?? "")"
                + (isOwn ? "" : ", to \(block.destinations.counted("destination"))")
                + (timeWait > 0 ? ", \(timeWait.grouped) of them TIME_WAIT" : "")
                + "; \(block.portsElsewhere.grouped) others of \(budget.usable.grouped) usable "
                + "ports are in use: this looks like \(name)'s own port range",
            evidence: [
                "low_port": .count(Int(block.low)), "high_port": .count(Int(block.high)),
                "ports": .count(block.count), "destinations": .count(block.destinations),
                "time_wait": .count(timeWait), "ports_elsewhere": .count(block.portsElsewhere),
                "usable_ports": .count(budget.usable),
            ],
            cause: isInRange
                ? "connect() leaves gaps between the ports it chooses; ports without a gap come "
                    + "from a range: IP_LOCAL_PORT_RANGE, or bind() to each port. If the range "
                    + "ends there, the next connect() fails with EADDRNOTAVAIL"
                : "the ports are outside ip_local_port_range, so the program binds them itself; if "
                    + "its range ends there, its next bind() fails with EADDRINUSE or its next "
                    + "connect() with EADDRNOTAVAIL",
            remedies: [
                Remedy(
                    .application,
                    "give \(name) a wider port range, or remove its own range; no sysctl changes "
                        + "what a program chooses itself",
                    effect: "without its own range it has \(budget.usable.grouped) ports for each "
                        + "destination",
                    risk: "firewall rules may know the old range", undo: "set the old range again",
                    snippets: SnippetGuide.of(
                        owner ?? .unknown, among: SnippetGuide.bindingLater)),
                Remedy(
                    .application,
                    timeWait * 2 > block.count
                        ? "keep connections open and reuse them: a pool or keep-alive in \(name)"
                        : "use fewer connections at a time in \(name), or more source addresses",
                    effect: timeWait * 2 > block.count
                        ? "ports in TIME_WAIT are free again within 60 s, and reused connections "
                            + "need no new ones"
                        : "each source address has the whole range",
                    risk: "idle connections take a descriptor on both hosts",
                    undo: "remove the change"),
            ],
            proof:
                "net/ipv4/inet_hashtables.c:__inet_hash_connect; measured: with "
                + "IP_LOCAL_PORT_RANGE 40000 to 40099 the 101st connect() to one destination fails "
                + "with EADDRNOTAVAIL")
    }
}
