public import HostState

/// A tuple's ledger with its limits, and when it reaches them.
public struct TupleAssessment: Sendable, Hashable {
    public let ledger: PortLedger
    /// Ports of the range that are taken.
    public let used: Int
    /// Ports that connect() may choose from, taken or not.
    public let usable: Int
    /// Ports in TIME_WAIT that connect() may take again at once.
    public let reusable: Int
    /// Seconds for which a connection that this side closed keeps its port: 60, or the reuse delay.
    public let holdSeconds: Double
    /// Connections that this side closed, a second, over the last 60 s; nil where TIME_WAIT ages were not seen.
    public let closingPerSecond: Double?
    /// The same over the last seconds: what the forecast goes by.
    public let recentClosingPerSecond: Double?
    /// The share of closings that this side began; nil where none was seen.
    ///
    /// Counted from the endings of an interval. Without one, from the rows: these overstate it, for what the
    /// peer closed leaves no row here.
    public let closedByLocalRatio: Double?
    /// Seconds until the ports that are tried first are used up; 0 when they are, nil if that is not in sight.
    public let secondsToSlow: Double?
    /// Seconds until no port is left; 0 when none is, nil if that is not in sight.
    public let secondsToExhaustion: Double?

    public var tuple: Tuple { ledger.tuple }
    public var usedRatio: Double { share(used) }
    /// Ports that are taken and cannot be reused.
    public var blocked: Int { used - reusable }
    public var blockedRatio: Double { share(blocked) }
    /// Whether connect() may reuse this tuple's ports in TIME_WAIT.
    public var isReusing: Bool { holdSeconds < Double(ClosingHistory.seconds) }
    /// How many connections a second this side can open and close for good.
    public var limitPerSecond: Double { holdSeconds > 0 ? Double(usable) / holdSeconds : .infinity }

    private func share(_ ports: Int) -> Double {
        usable > 0 ? min(1, Double(ports) / Double(usable)) : ports > 0 ? 1 : 0
    }

    init(ledger: PortLedger, budget: PortBudget, reuse: PortReuse, earlier: EarlierTuple?) {
        self.ledger = ledger
        usable = budget.usable
        let total = ledger.states.total
        let used = min(max(0, ledger.used), total)
        self.used = used
        let delay = reuse.applies(to: ledger.tuple) ? reuse.delay : nil
        holdSeconds = delay ?? Double(ClosingHistory.seconds)
        let history = ClosingHistory(ledger.closings)
        let reusable = max(
            0, min(used, ledger.states[.timeWait], delay.map { history.older(than: $0) } ?? 0))
        self.reusable = reusable
        closingPerSecond = history.isEmpty ? nil : history.perSecond
        let recent =
            delay.map { history.recentPerSecond(reusedAfter: $0) } ?? history.recentPerSecond
        recentClosingPerSecond = history.isEmpty ? nil : recent
        closedByLocalRatio = earlier?.closedByLocalRatio ?? Self.visibleRatio(ledger.states)

        // Rows outside the range take no port of it, neither now nor later.
        let inRange = total > 0 ? Double(used) / Double(total) : 0
        let forecast = { (ports: Int) in
            PortForecast(
                taken: used > 0 ? Double(ports) * Double(used - reusable) / Double(used) : 0,
                history: history, share: total > 0 ? Double(ports) / Double(total) : 0,
                openedPerSecond: recent * inRange, hold: delay ?? PortForecast.fullHold,
                growthPerSecond: earlier?.liveGrowthPerSecond ?? 0,
                horizon: earlier?.horizon ?? PortForecast.horizon)
        }
        secondsToExhaustion = forecast(used).seconds(until: budget.usable)

        // connect() takes the parity of the range's low end first, bind(0) the other: the fuller half shows which.
        let even = min(max(0, ledger.evenPorts), used)
        let first = budget.evenFirst ? even : used - even
        let isFirst = first >= used - first
        let half = isFirst ? budget.usableFirstParity : budget.usable - budget.usableFirstParity
        secondsToSlow =
            half > 0 ? forecast(isFirst ? first : used - first).seconds(until: half) : nil
    }

    /// From the rows alone: those that this side closed against those that the peer closed.
    private static func visibleRatio(_ states: StateCounts) -> Double? {
        var local = 0
        var peer = 0
        for state in TCPState.allCases {
            let count = max(0, states[state])
            if state.closedByThisSide { local += count }
            if state.closedByPeer { peer += count }
        }
        return local + peer == 0 ? nil : Double(local) / Double(local + peer)
    }
}
