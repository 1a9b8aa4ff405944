import Model
import Text

/// The connection tracking table is nearly full; packets of new connections are dropped next.
///
/// Each namespace counts its own entries, while the limit `nf_conntrack_max` is one for the host
/// and is compared with each count (`net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc`). At
/// the limit the kernel throws away an entry that never saw an answer, and where it finds none
/// drops the packet: `nf_conntrack: table full, dropping packet`. Connections that are in the table
/// go on, new ones fail, in both directions, on whatever port. An entry lives longer than the
/// socket: 120 s after a close, five days for a connection that went silent.
///
/// Confirm: `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max` in
/// that namespace. Warns from 75 % on, is critical from 90 % on or when the growth of the interval
/// fills it within a minute. Silent where no tracking is loaded, nothing is counted, or the limit
/// is 0, which means none.
struct ConntrackNearFull: Rule {
    static let id = "conntrack-near-full"

    /// The level at which the alarms in the field warn; a busy hour fits into the rest.
    static let warningRatio = 0.75
    static let criticalRatio = 0.90
    /// Full within so many seconds is critical at whatever ratio above the warning.
    static let criticalSeconds = 60.0

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
                observed:
                    "\(table.count.grouped) of \(table.maximum.grouped) entries "
                    + "(\(table.ratio.percent))"
                    + (seconds.map { ", full in about \($0.duration) at this growth" } ?? ""),
                evidence: evidence,
                cause: "more connections, or entries that outlive them, than the table takes",
                remedies: remedies(table, in: situation),
                proof:
                    "net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc, early_drop; the "
                    + "count is of the "
                    + "namespace, the limit of the host")
        ]
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
                "keep connections open: each one that is reused saves an entry for its life and "
                    + "two minutes more",
                command:
                    "conntrack -L -p tcp 2>/dev/null | awk '{print $4}' | sort | uniq -c | sort "
                    + "-rn",
                effect: "shows by state what TCP has in the table",
                risk: "listing a large table takes a while", undo: "nothing to undo"),
            Remedy(
                .application,
                "do not track what needs no tracking: loopback, and busy ports without NAT",
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
