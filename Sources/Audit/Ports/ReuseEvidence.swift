import Model

/// Whether connect() reuses a tuple's ports in TIME_WAIT, and how that is known.
///
/// `tcp_tw_reuse` frees a port only if the peer sent timestamps too (`net/ipv4/tcp_ipv4.c:tcp_twsk_unique` asks for
/// `tw_ts_recent_stamp`), and only for connect(): a port that bind() took is never shared.
package enum ReuseEvidence: Sendable, Hashable {
    /// The settings do not allow it, or a live connection of the tuple uses no timestamps.
    case excluded
    /// Both ends use timestamps: a live connection says so, or both ends are on this host.
    case confirmed
    /// TWRecycled counts in this namespace; it does not say for which tuple.
    case probable
    /// Nothing shows whether the peer uses timestamps.
    case unconfirmed
    /// More ports are in TIME_WAIT than reuse would have left there, and something was reused somewhere.
    case doubtful
    /// More ports are in TIME_WAIT than reuse would have left there, and nothing was reused.
    case refuted

    /// Whether ports in TIME_WAIT count as free.
    var isCounted: Bool { self == .confirmed || self == .probable || self == .unconfirmed }

    /// Share of the usable ports below which the fill says nothing: the half that is tried first, and some more.
    private static let tellingRatio = 0.6
    /// By how much more than reuse explains must be in use: ages are known by the second only.
    private static let margin = 1.1

    init(
        _ ledger: PortLedger, used: Int, history: ClosingHistory, budget: PortBudget,
        reuse: PortReuse, interval: Double?, reusedHere: Int? = nil
    ) {
        guard reuse.applies(to: ledger.tuple), ledger.usesTimestamps != false else {
            self = .excluded
            return
        }
        let opened = interval.map { history.count(from: 0, to: $0) } ?? 0
        // The tuple's own ports say more than the counter of the namespace, and more than the shape of the minute.
        if let reusedHere, reusedHere >= Self.fewestReused,
            Double(reusedHere) >= Self.reusedRatio * opened
        {
            self = .confirmed
            return
        }
        let isFull =
            budget.usable > 0
            && Double(used) >= PortsExhausting.fullRatio * Double(budget.usable)
            && ledger.states[.timeWait] * 2 > used
        if isFull, reusedHere == 0, opened >= Double(Self.fewestReused) {
            self = .refuted
            return
        }
        // If none can be reused, a full tuple closes no more than a sixtieth of its ports per second.
        let goesOn =
            isFull && interval == nil && reuse.recycled ?? 0 > 0
            && history.count(from: 0, to: 3) > 12 * Double(budget.usable)
                / Double(ClosingHistory.seconds)
        if !goesOn, Self.isBeyondReuse(ledger, used, history, budget, after: reuse.delay) {
            let isIdle = reuse.recycledGrowth == 0 && opened > 0
            self = reuse.recycled == 0 || isIdle ? .refuted : .doubtful
            return
        }
        if ledger.usesTimestamps == true || ledger.tuple.isWithinHost {
            self = .confirmed
        } else {
            // For a full tuple that rests, TWRecycled says nothing: it may count for others.
            let rests = isFull && history.count(from: 0, to: 3) == 0
            let isOthers = reusedHere == 0 && isFull
            self =
                reuse.recycled ?? 0 > 0 && !rests && !isOthers ? .probable : .unconfirmed
        }
    }

    /// Ports that were reused in an interval, from which that is no error of ages known by the second.
    private static let fewestReused = 10
    /// The same as a share of the connections closed in it.
    private static let reusedRatio = 0.25

    /// Whether more ports are in use than connect() takes if it reuses them.
    ///
    /// connect() goes on to the second half of the range only if it can have no port of the first: if as many as that
    /// were closed within the delay, or are live. Measured with 1000 ports and a delay of 1 s: 100 to 450 connections/s
    /// never took more than 500 ports, 700/s took 964.
    private static func isBeyondReuse(
        _ ledger: PortLedger, _ used: Int, _ history: ClosingHistory, _ budget: PortBudget,
        after delay: Double
    ) -> Bool {
        guard budget.usable > 0, Double(used) >= tellingRatio * Double(budget.usable),
            !history.isEmpty
        else { return false }
        let live = max(0, used - ledger.states[.timeWait])
        let half = budget.usableFirstParity
        let explained =
            live + half + history.beyond(half - live, within: Int(delay.rounded(.up)) + 1)
        return Double(used) > margin * Double(explained)
    }
}
