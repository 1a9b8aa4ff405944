/// How the ports in use of one tuple go on, if its traffic does.
///
/// Each second adds the recent closings and frees those of a minute before; live connections grow as they did
/// between the snapshots. With reuse, a port counts for the reuse delay only.
struct PortForecast: Sendable {
    /// Ports taken and not reusable now.
    let taken: Int
    let history: ClosingHistory
    /// Seconds after which connect() may take a port in TIME_WAIT; nil without reuse.
    let reuseDelay: Double?
    let liveGrowthPerSecond: Double

    /// The forecast looks an hour ahead: the day's shape of traffic is not in a snapshot.
    static let horizon = 3600

    /// Seconds until so many ports are taken: 0 if they are, nil if that is not within the horizon.
    func seconds(until limit: Int) -> Double? {
        guard taken < limit else { return 0 }
        let added = history.recentPerSecond
        guard added > 0 || liveGrowthPerSecond > 0 else { return nil }
        var level = Double(taken)
        for second in 1...Self.horizon {
            let next = level + liveGrowthPerSecond + added - freed(in: second, added: added)
            if next >= Double(limit) {
                return Double(second - 1) + (Double(limit) - level) / (next - level)
            }
            level = next
            if liveGrowthPerSecond <= 0, second > ClosingHistory.seconds + 1 { return nil }
        }
        return nil
    }

    /// How many of the ports now taken come free in that second from now.
    private func freed(in second: Int, added: Double) -> Double {
        if let reuseDelay { return Double(second) > reuseDelay ? added : 0 }
        let age = ClosingHistory.seconds + 1 - second
        return history.buckets.indices.contains(age) ? Double(history.buckets[age]) : added
    }
}
