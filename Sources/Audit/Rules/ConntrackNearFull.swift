import Model
import Text

/// The connection tracking table is nearly full: the kernel drops packets of new connections next.
///
/// Each namespace counts its own entries, but there is one limit, `nf_conntrack_max`, for the host;
/// the kernel compares it with each count
/// (`net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc`). At the limit the kernel deletes an
/// entry that never saw an answer; if it finds none, it drops the packet:
/// `nf_conntrack: table full, dropping packet`. Connections in the table continue; new ones fail,
/// in both directions, on any port. An entry lives longer than the socket: 120 s after a close,
/// five days for a connection that went silent.
///
/// Confirm: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` in that
/// namespace. A warning from 75 % on; critical from 90 % on, or if the growth of the interval fills
/// the table within a minute. Silent if no tracking is loaded, if nothing is counted, or if the
/// limit is 0, which means no limit.
struct ConntrackNearFull: Rule {
    static let id = RuleID.conntrackNearFull
    static let severities: [Severity] = [.critical, .warning]
    static let needs = RuleNeeds([.tracking])
    static let profileSettings = ShippedProfile.trackingSettings

    /// The level at which the alarms in the field warn; a busy hour fits into the rest.
    static let warningRatio = 0.75
    static let criticalRatio = 0.90
    /// Full within so many seconds is critical at whatever ratio above the warning.
    static let criticalSeconds = 60.0
    /// TCP sockets per entry: with fewer, the namespace's own connections explain next to nothing.
    private static let fewSockets = 0.1

    func findings(in situation: Situation) -> [Finding] {
        guard let table = ConntrackTable(situation), table.ratio >= Self.warningRatio else {
            return []
        }
        let growth = growthPerSecond(to: table.count, in: situation)
        let left = Double(max(0, table.maximum - min(table.maximum, table.count)))
        let seconds = growth.flatMap { $0 > 0 ? left / $0 : nil }
        let isCritical =
            table.ratio >= Self.criticalRatio
            || seconds.map { $0 < Self.criticalSeconds } ?? false
        var evidence: [String: Evidence] = [
            "entries": .count(Int(clamping: table.count)),
            "limit": .count(Int(clamping: table.maximum)), "fill_ratio": .number(table.ratio),
        ]
        evidence["growth_per_second"] = growth.map { .number($0) }
        evidence["seconds_to_full"] = seconds.map { .number($0) }
        return [
            Finding(
                rule: id, severity: isCritical ? .critical : .warning,
                subject: "connection tracking",
                observed: Self.observed(table, isCritical: isCritical, seconds, in: situation),
                evidence: evidence, cause: Self.cause(table, in: situation),
                remedies: remedies(table, in: situation),
                proof:
                    "net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc, early_drop; the count "
                    + "is per namespace, the limit is per host")
        ]
    }

    /// What becomes of new connections, as far as the interval tells; then how full the table is.
    private static func observed(
        _ table: ConntrackTable, isCritical: Bool, _ seconds: Double?, in situation: Situation
    ) -> String {
        let fill =
            "\(table.count.grouped) of \(table.maximum.grouped) entries (\(table.ratio.percent))"
        guard isCritical else {
            return fill + (seconds.map { ", full in about \($0.duration) at this rate" } ?? "")
        }
        let whose = "of this network namespace, its own and forwarded ones"
        if let dropped = situation.reading("nf_conntrack", "drop"), dropped.grows {
            return "new connections \(whose), fail: packets dropped: "
                + "\(dropped.growthText ?? ""); \(fill)"
        }
        if let early = situation.reading("nf_conntrack", "early_drop"), early.grows {
            return "the table is full for connections \(whose): \(fill); entries deleted to make "
                + "room: \(early.growthText ?? "")"
        }
        return "new connections \(whose), fail once the table is full: \(fill)"
            + (seconds.map { ", in about \($0.duration) at this rate" } ?? "")
    }

    /// Whose the entries can be, by what this namespace has itself.
    private static func cause(_ table: ConntrackTable, in situation: Situation) -> String {
        let sockets = situation.now.states.total
        guard Double(sockets) < fewSockets * Double(table.count) else {
            return "the host has more connections, or entries that outlive them, than the table "
                + "has room for"
        }
        return
            "only \(sockets.grouped) TCP socket\(sockets == 1 ? " is" : "s are") here: the entries are of forwarded "
            + "connections, of other protocols, or of connections that have ended"
    }

    private func growthPerSecond(to count: Int64, in situation: Situation) -> Double? {
        guard let interval = situation.interval,
            let before = situation.earlier?.counters["nf_conntrack", "count"], before >= 0
        else { return nil }
        return Double(count - before) / interval
    }

    private func remedies(_ table: ConntrackTable, in situation: Situation) -> [Remedy] {
        let key = "net.netfilter.nf_conntrack_tcp_timeout_time_wait"
        var remedies = [
            Remedy(
                .application,
                "see what fills the table, and keep connections open: each new one takes an entry "
                    + "until two minutes after its close",
                command:
                    "conntrack -L -p tcp 2>/dev/null | awk '{print $4}' | sort | uniq -c | sort "
                    + "-rn",
                effect: "shows its TCP entries by state",
                risk: "listing a large table takes a while", undo: "nothing to revert"),
            Remedy(
                .application,
                "exclude traffic that needs no tracking, such as loopback and busy ports without "
                    + "NAT; the command excludes loopback",
                command: "nft add table inet untracked; nft add chain inet untracked out "
                    + "'{ type filter hook output priority raw; }'; nft add rule inet untracked "
                    + "out oif lo notrack",
                effect: "no more entries for this traffic",
                risk: "rules that match on connection state, and NAT, no longer see it",
                undo: "nft delete table inet untracked"),
        ]
        if let timeout = situation.number(key), timeout > ConntrackTimewaitLonger.timeWaitSeconds,
            table.closedEntries(in: situation, timeout: timeout) != nil
        {
            remedies.append(ConntrackTimewaitLonger.shorten(in: situation, timeout: timeout))
        }
        return remedies + [table.raise(in: situation)]
    }
}
