public import HostState

/// A tuple's ledger with its limits, and when it reaches them.
public struct TupleAssessment: Sendable, Hashable {
    public let ledger: PortLedger
    /// Ports that connect() may choose from, taken or not.
    public let usable: Int
    /// Ports in TIME_WAIT that connect() may take again at once.
    public let reusable: Int
    /// Connections that this side closed, a second, over the last 60 s; nil where TIME_WAIT ages were not seen.
    public let closingPerSecond: Double?
    /// The same over the last five seconds: what the forecast goes by.
    public let recentClosingPerSecond: Double?
    /// The share of closings that this side began; nil where none was seen.
    public let closedByLocalRatio: Double?
    /// Seconds until the ports that connect() tries first are used up; 0 when they are, nil if that is not in sight.
    public let secondsToSlow: Double?
    /// Seconds until no port is left; 0 when none is, nil if that is not in sight.
    public let secondsToExhaustion: Double?

    public var tuple: Tuple { ledger.tuple }
    public var used: Int { ledger.used }
    public var usedRatio: Double { usable == 0 ? 1 : Double(used) / Double(usable) }
    /// Ports that are taken and cannot be reused.
    public var blocked: Int { used - reusable }
    public var blockedRatio: Double { usable == 0 ? 1 : Double(blocked) / Double(usable) }

    init(ledger: PortLedger, budget: PortBudget, reuse: PortReuse, earlier: EarlierTuple?) {
        self.ledger = ledger
        usable = budget.usable
        let reuseDelay = reuse.applies(to: ledger.tuple) ? reuse.delay : nil
        let history = ClosingHistory(ledger.closings)
        reusable = min(
            ledger.states[.timeWait], reuseDelay.map { history.older(than: $0) } ?? 0)
        closingPerSecond = history.isEmpty ? nil : history.perSecond
        recentClosingPerSecond = history.isEmpty ? nil : history.recentPerSecond
        closedByLocalRatio = earlier?.closedByLocalRatio ?? Self.visibleRatio(ledger.states)
        let forecast = PortForecast(
            taken: ledger.used - reusable, history: history, reuseDelay: reuseDelay,
            liveGrowthPerSecond: earlier?.liveGrowthPerSecond ?? 0)
        secondsToExhaustion = forecast.seconds(until: budget.usable)
        let firstParityUsed = budget.evenFirst ? ledger.evenPorts : ledger.used - ledger.evenPorts
        secondsToSlow =
            reuseDelay == nil && budget.usableFirstParity > 0
                && firstParityUsed >= budget.usableFirstParity
            ? 0 : forecast.seconds(until: budget.usableFirstParity)
    }

    /// From the rows alone: those that this side closed against those that the peer closed.
    private static func visibleRatio(_ states: StateCounts) -> Double? {
        var local = 0
        var peer = 0
        for (state, count) in states.present {
            if state.closedByThisSide { local += count }
            if state.closedByPeer { peer += count }
        }
        return local + peer == 0 ? nil : Double(local) / Double(local + peer)
    }
}
