import Model
import Text

/// Connection tracking drops packets, or deletes entries to make room.
///
/// Three counters show why. `drop`: the kernel dropped a packet because it had no entry for it
/// (table full, no memory), or because two packets made the same entry at once and could not be
/// merged. `insert_failed`: the kernel could not put an entry into the table, mostly because of two
/// packets of one flow on two processors, or because a translated port was taken in the meantime;
/// it is known from DNS over UDP behind NAT, where a query disappears and is repeated after 5 s.
/// `early_drop`: the table was full, and the kernel deleted an entry that had not seen an answer
/// (`net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm`, `early_drop`). A table with room
/// can drop because ports are missing: SNAT or masquerading gives each connection to one
/// destination a port of its few source addresses, tries some
/// (`net/netfilter/nf_nat_core.c:get_unique_tuple`), and takes a used one if all are used;
/// `insert_failed` and `drop` count this together. A larger table does not help against that.
/// `clash_resolve` counts settled races of UDP: if it grows too, the failed entries are likely UDP.
///
/// Confirm: `conntrack -S`, or `/proc/net/stat/nf_conntrack` (hexadecimal, one line for each
/// processor). Drops that grow while the table is 90 % full or more are critical; other growth is a
/// warning; counts since boot are a notice. Silent if nothing is tracked.
struct ConntrackDropping: Rule {
    static let id = RuleID.conntrackDropping
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([.counter("nf_conntrack", "drop")], helped: [.interval])
    static let profileSettings = ShippedProfile.trackingSettings

    /// The counters, worst first, with what each tells.
    private static let counters = [
        (name: "drop", text: "packets dropped"),
        (name: "early_drop", text: "entries deleted early"),
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
        let isWanting = isFull || shown.contains { $0.0 == "early_drop" }
        let drops = growing.contains { $0.0 == "drop" }
        let failed = shown.contains { $0.0 == "insert_failed" }
        let settled = situation.reading("nf_conntrack", "clash_resolve")
        // Nil on kernels that do not count them (before 5.10).
        let areSettled = settled.map { ($0.growth ?? $0.total) > 0 }
        var evidence: [String: Evidence] = [:]
        for (name, _, reading) in readings {
            evidence[name] = .count(Int(clamping: reading.total))
            evidence["\(name)_per_second"] = reading.perSecond.map { .number($0) }
        }
        evidence["fill_ratio"] = table.map { .number($0.ratio) }
        evidence["clash_resolve"] = settled.map { .count(Int(clamping: $0.total)) }
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
                cause: Self.cause(isWanting: isWanting, failed: failed, areSettled: areSettled),
                remedies: remedies(
                    isWanting ? table : nil, failed: failed && !isWanting, areSettled: areSettled,
                    in: situation),
                proof:
                    "net/netfilter/nf_conntrack_core.c:nf_conntrack_in, __nf_conntrack_confirm, "
                    + "early_drop"
            )
        ]
    }

    private static func cause(isWanting: Bool, failed: Bool, areSettled: Bool?) -> String {
        if isWanting { return "the table is or was full" }
        guard failed else {
            return
                "the kernel could not make an entry although the table has room: it had no memory "
                + "for it, or tracking refused the packet"
        }
        let ports =
            "the port that NAT chose was already taken: its source addresses run out of ports to "
            + "one destination, or two connections chose the same port at once"
        return switch areSettled {
        case true?:
            "packets of one flow raced each other (UDP races were counted), or NAT found no free "
                + "port"
        case false?: ports + "; no UDP race was counted"
        case nil: ports + "; or packets of one flow raced each other"
        }
    }

    /// - Parameter table: the table if it is or was full; only then a larger one is a remedy.
    private func remedies(
        _ table: ConntrackTable?, failed: Bool, areSettled: Bool?, in situation: Situation
    ) -> [Remedy] {
        let nat = Remedy(
            .application,
            "give SNAT more ports: more source addresses, and random choice (iptables: "
                + "--random-fully, nftables: fully-random) instead of the next port in order",
            command: "conntrack -S; nft list ruleset | grep -E 'masquerade|snat'",
            effect:
                "each source address adds its 64 512 ports for each destination; with random "
                + "choice two connections rarely take the same port",
            risk: "firewalls elsewhere must know the new addresses",
            undo: "remove the addresses and the option",
            snippets: [
                Snippet(
                    "nftables", programs: [],
                    code: "oifname eth0 snat to 203.0.113.10-203.0.113.13 fully-random"),
                Snippet(
                    "iptables", programs: [],
                    code: "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE --random-fully"),
            ])
        let dns = Remedy(
            .application,
            "query DNS through a local cache or over TCP, so that no two packets of one UDP flow "
                + "race",
            effect: "removes the best-known source of insert_failed",
            risk: "a cache is one more service to run", undo: "remove the cache",
            snippets: [
                Snippet(
                    "resolv.conf (glibc)", programs: [],
                    code: "options single-request-reopen   # or: options use-vc")
            ])
        var remedies = failed ? (areSettled == true ? [dns, nat] : [nat, dns]) : []
        remedies.append(
            Remedy(
                .application, "exclude traffic that needs no tracking",
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
