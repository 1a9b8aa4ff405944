import HostState

/// What an earlier snapshot adds to the knowledge of a tuple.
struct EarlierTuple: Sendable {
    /// By how many live sockets it grows a second.
    let liveGrowthPerSecond: Double
    /// The share of the connections that ended in between and left a TIME_WAIT here; nil where none was seen to end.
    let closedByLocalRatio: Double?

    init(_ tuple: Tuple, before: Snapshot, now: Snapshot) {
        let seconds = max(now.uptime - before.uptime, 0.001)
        let old = before.tuples.first { $0.tuple == tuple }
        let new = now.tuples.first { $0.tuple == tuple }
        let live = { (ledger: PortLedger?) in
            Double((ledger?.states.total ?? 0) - (ledger?.states[.timeWait] ?? 0))
        }
        liveGrowthPerSecond = old == nil ? 0 : (live(new) - live(old)) / seconds
        guard let ended = now.endings.first(where: { $0.tuple == tuple })?.count, ended > 0,
            let closings = new?.closings, !closings.isEmpty
        else {
            closedByLocalRatio = nil
            return
        }
        let whole = min(Int(seconds.rounded()), closings.count)
        let closedHere = closings.prefix(max(whole, 1)).reduce(0, +)
        closedByLocalRatio = min(1, Double(closedHere) / Double(ended))
    }
}
