import HostState

/// Connection tracking drops packets, or throws entries away to make room.
///
/// Three counters tell why. `drop`: a packet was dropped for want of an entry (table full, no
/// memory) or because two packets made the same entry at once and could not be merged.
/// `insert_failed`: an entry could not be put into the table, mostly two packets of one flow on two
/// processors, or a translated port that was taken meanwhile; known from DNS over UDP behind NAT,
/// where a query vanishes and is repeated after 5 s. `early_drop`: the table was full and an entry
/// that had not seen an answer was thrown away
/// (`net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm`, `early_drop`).
///
/// Confirm: `conntrack -S`, or `/proc/net/stat/nf_conntrack` (hexadecimal, a line for each
/// processor). Growing drops with a table from 90 % on are critical; other growth warns; what was
/// counted since boot is a notice. Silent where nothing is tracked.
struct ConntrackDropping: Rule {
    static let id = "conntrack-dropping"

    /// The counters, worst first, with what each tells.
    private static let counters = [
        (name: "drop", text: "packets dropped"),
        (name: "early_drop", text: "entries thrown away early"),
        (name: "insert_failed", text: "entries not inserted"),
    ]

    func findings(in situation: Situation) -> [Finding] {
        let readings = Self.counters.compactMap { counter in
            situation.reading("nf_conntrack", counter.name).map { (counter.name, counter.text, $0) }
        }
        let growing = readings.filter(\.2.grows)
        let shown =
            growing.isEmpty ? readings.filter { $0.2.growth == nil && $0.2.total > 0 } : growing
        guard !shown.isEmpty else { return [] }
        let table = ConntrackTable(situation)
        let isFull = (table?.ratio ?? 0) >= ConntrackNearFull.criticalRatio
        let drops = growing.contains { $0.0 == "drop" }
        var evidence: [String: Evidence] = [:]
        for (name, _, reading) in readings {
            evidence[name] = .count(Int(clamping: reading.total))
            evidence["\(name)_per_second"] = reading.perSecond.map { .number($0) }
        }
        evidence["fill_ratio"] = table.map { .number($0.ratio) }
        return [
            Finding(
                rule: id,
                severity: growing.isEmpty ? .notice : drops && isFull ? .critical : .warning,
                subject: "connection tracking",
                observed: shown.map {
                    "\($0.1): \($0.2.growthText ?? situation.sinceStart($0.2.total))"
                }
                .joined(separator: " · ")
                    + (table.map { "; table \($0.ratio.percent) full" } ?? ""),
                evidence: evidence,
                cause: isFull || shown.contains { $0.0 == "early_drop" }
                    ? "the table is or was full"
                    : "packets of one flow raced each other, or NAT found the port taken that it "
                        + "had chosen",
                remedies: remedies(
                    table, races: shown.contains { $0.0 != "early_drop" } && !isFull, in: situation),
                proof:
                    "net/netfilter/nf_conntrack_core.c:nf_conntrack_in, __nf_conntrack_confirm, "
                    + "early_drop"
            )
        ]
    }

    private func remedies(
        _ table: ConntrackTable?, races: Bool, in situation: Situation
    ) -> [Remedy] {
        var remedies: [Remedy] = []
        if races {
            remedies.append(
                Remedy(
                    .application,
                    "ask DNS from a local cache or over TCP, so that no two packets of one UDP "
                        + "flow race",
                    effect: "removes the best known source of insert_failed",
                    risk: "a cache is one more service to run", undo: "take the cache out again",
                    snippets: [
                        Snippet(
                            "resolv.conf (glibc)", programs: [],
                            code: "options single-request-reopen   # or: options use-vc")
                    ]))
        }
        remedies.append(
            Remedy(
                .application, "do not track what needs no tracking",
                command: "nft add table inet untracked; nft add chain inet untracked out "
                    + "'{ type filter hook output priority raw; }'; nft add rule inet untracked "
                    + "out oif lo notrack",
                effect: "fewer entries, fewer races",
                risk: "rules that match on connection state, and NAT, no longer see this traffic",
                undo: "nft delete table inet untracked"))
        if let table { remedies.append(table.raise(in: situation)) }
        return remedies
    }
}
