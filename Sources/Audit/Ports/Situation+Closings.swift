import Model

extension Situation {
    /// Connections that this host closed first, of listeners and of destinations: over the interval, or the last seconds.
    ///
    /// The average of the minute if none was closed recently; nil if none was in the minute, or if ages were not seen.
    package var closingRate: ClosingRate? {
        let history = ClosingHistory(closings)
        guard !history.isEmpty, history.perSecond > 0 else { return nil }
        let isLowerBound =
            missesClosings || tuples.contains { $0.isReusing && $0.ledger.states[.timeWait] > 0 }
        if let rate = history.rate(
            interval: interval, reusedAfter: nil, isLowerBound: isLowerBound), rate.perSecond > 0
        {
            return rate
        }
        return ClosingRate(
            perSecond: history.perSecond, seconds: ClosingHistory.seconds,
            isLowerBound: isLowerBound
        )
    }

    /// Of all sockets, or of the tuples if no more was kept.
    package var closings: [Int] {
        guard now.closings.isEmpty else { return now.closings }
        var sums: [Int] = []
        for closings in tuples.lazy.map(\.ledger.closings) {
            if sums.count < closings.count {
                sums += Array(repeating: 0, count: closings.count - sums.count)
            }
            for (second, count) in closings.enumerated() { sums[second] &+= count }
        }
        return sums
    }
}
