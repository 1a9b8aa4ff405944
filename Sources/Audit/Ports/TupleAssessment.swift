package import Model

/// A tuple's ledger with its limits, and when it reaches them.
package struct TupleAssessment: Sendable, Hashable {
    package let ledger: PortLedger
    /// Ports of the range that are taken.
    package let used: Int
    /// Ports that connect() may choose from, taken or not.
    package let usable: Int
    /// Ports in TIME_WAIT that connect() may reuse at once.
    package let reusable: Int
    /// Seconds for which a connection that this host closed keeps its port: 60, or the reuse delay.
    package let holdSeconds: Double
    /// Connections that this host closed per second over the last 60 s; nil if TIME_WAIT ages were not seen.
    package let closingPerSecond: Double?
    /// The same over the interval, or over the last seconds: what the forecast uses; nil if ages were not seen.
    package let rate: ClosingRate?
    /// True for a burst that is over: connections were closed within the minute, and none recently.
    package let hasEnded: Bool
    /// By how many open connections the tuple grows per second; 0 if the change may be chance, or without an interval.
    package let growthPerSecond: Double
    /// Whether connect() reuses its ports in TIME_WAIT, and how that is known.
    package let reuse: ReuseEvidence
    /// How many of its ports in TIME_WAIT were reused in the interval; nil if that is unknown.
    let reusedInInterval: Int?
    /// The share of connections that this host closed first; nil if none was seen.
    ///
    /// Counted from the endings of an interval. Without one, from the rows: these overstate it, because what the peer
    /// closed first leaves no row here.
    package let closedByLocalRatio: Double?
    /// Seconds until the ports that are tried first are used up; 0 when they are, nil if that is not in sight.
    package let secondsToSlow: Double?
    /// Seconds until no port is left; 0 when none is, nil if that is not in sight.
    package let secondsToExhaustion: Double?

    package var tuple: Tuple { ledger.tuple }
    package var recentClosingPerSecond: Double? { rate?.perSecond }
    package var usedRatio: Double { share(used) }
    /// Ports that are taken and cannot be reused.
    package var blocked: Int { used - reusable }
    package var blockedRatio: Double { share(blocked) }
    /// Whether connect() may reuse this tuple's ports in TIME_WAIT.
    package var isReusing: Bool { holdSeconds < Double(ClosingHistory.seconds) }
    /// How many connections per second this host can open and close permanently.
    package var limitPerSecond: Double {
        holdSeconds > 0 ? Double(usable) / holdSeconds : .infinity
    }

    /// Ports in TIME_WAIT that connect() cannot have.
    var blockedTimeWait: Int { max(0, min(used, ledger.states[.timeWait]) - reusable) }
    /// Share of the blocked ports that are in TIME_WAIT: what reuse could free.
    var blockedTimeWaitRatio: Double {
        blocked > 0 ? Double(blockedTimeWait) / Double(blocked) : 0
    }
    /// Whether its ports become free within the minute without help: a burst that is over.
    var isEbbing: Bool { hasEnded && growthPerSecond <= 0 && blockedTimeWaitRatio >= 0.5 }

    private func share(_ ports: Int) -> Double {
        usable > 0 ? min(1, Double(ports) / Double(usable)) : ports > 0 ? 1 : 0
    }

    /// - Parameter missesClosings: whether the kernel refuses TIME_WAIT, so that closed connections leave no trace.
    init(
        ledger: PortLedger, budget: PortBudget, reuse: PortReuse, earlier: EarlierTuple?,
        interval: Double? = nil, missesClosings: Bool = false
    ) {
        self.ledger = ledger
        usable = budget.usable
        let total = ledger.states.total
        // Each interface has all the ports; and no more ports are taken than exist: further rows are on ports that a
        // listening or bound socket holds as well, which count as not usable.
        let sharing = ledger.onOneInterface.map { max(0, $0) } ?? Int.max
        let used = min(
            max(0, ledger.used), total, sharing, budget.usable > 0 ? budget.usable : total)
        self.used = used
        let history = ClosingHistory(ledger.closings)
        self.reuse = ReuseEvidence(
            ledger, used: used, history: history, budget: budget, reuse: reuse, interval: interval,
            reusedHere: earlier?.reused)
        reusedInInterval = earlier?.reused
        let delay = self.reuse.isCounted ? reuse.delay : nil
        holdSeconds = delay ?? Double(ClosingHistory.seconds)
        let reusable = max(
            0, min(used, ledger.states[.timeWait], delay.map { history.older(than: $0) } ?? 0))
        self.reusable = reusable
        closingPerSecond = history.isEmpty ? nil : history.perSecond
        let rate = history.rate(
            interval: interval, reusedAfter: delay, isLowerBound: missesClosings)
        self.rate = rate
        hasEnded = history.hasEnded(interval: interval)
        let growth = earlier?.liveGrowthPerSecond ?? 0
        growthPerSecond = growth
        closedByLocalRatio = earlier?.closedByLocalRatio ?? Self.visibleRatio(ledger.states)

        // Rows outside the range take no port of it, neither now nor later.
        let inRange = total > 0 ? Double(used) / Double(total) : 0
        let forecast = { (ports: Int) in
            PortForecast(
                taken: used > 0 ? Double(ports) * Double(used - reusable) / Double(used) : 0,
                history: history, share: total > 0 ? Double(ports) / Double(total) : 0,
                openedPerSecond: (rate?.perSecond ?? 0) * inRange,
                hold: delay ?? PortForecast.fullHold,
                growthPerSecond: growth,
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

    /// From the rows alone: those that this host closed first, and those that the peer closed first.
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
