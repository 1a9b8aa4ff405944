/// How the ports in use of one tuple develop if its traffic continues.
///
/// Each second takes as many ports as were recently closed per second, and frees those whose time is up: a minute, or
/// the reuse delay. Live connections grow as they did between the snapshots.
struct PortForecast: Sendable {
    /// How long connect() cannot have a port in TIME_WAIT, in seconds, if nothing reuses it.
    ///
    /// 60 s and the slack of the kernel's timer wheel: measured 61.4 to 61.9 s, and 60 ports gave 0.98 connections per
    /// second.
    static let fullHold = 61.0
    /// The forecast looks an hour ahead at most: the day's shape of traffic is not in a snapshot.
    static let horizon = 3600

    /// Ports taken and not reusable now.
    let taken: Double
    let history: ClosingHistory
    /// The share of the history's sockets whose ports are among those counted here.
    let share: Double
    /// Ports that new connections take per second.
    let openedPerSecond: Double
    /// Seconds for which a closed connection keeps its port.
    let hold: Double
    /// By how many live connections the tuple grows per second.
    let growthPerSecond: Double
    /// How many seconds ahead the growth may be drawn on.
    let horizon: Int

    init(
        taken: Double, history: ClosingHistory, share: Double = 1, openedPerSecond: Double,
        hold: Double = fullHold, growthPerSecond: Double = 0, horizon: Int = horizon
    ) {
        self.taken = taken
        self.history = history
        self.share = share
        self.openedPerSecond = openedPerSecond
        self.hold = hold
        self.growthPerSecond = growthPerSecond
        self.horizon = horizon
    }

    /// Seconds until so many ports are taken: 0 if they are, nil if that is not within the horizon.
    func seconds(until limit: Int) -> Double? {
        let limit = Double(limit)
        guard taken < limit else { return 0 }
        guard openedPerSecond > 0 || growthPerSecond > 0 else { return nil }
        // Once the last of today's closings has come free, only growth can change the level.
        let settled = Int(hold.rounded(.up)) + 1
        let end = growthPerSecond > 0 ? max(horizon, settled) : settled
        // Most tuples are far from it even if nothing came free before the first new port does.
        let most = taken + growthPerSecond * Double(end) + openedPerSecond * (hold + 2)
        guard most >= limit else { return nil }
        var level = taken
        for second in 1...end {
            let next = level + growthPerSecond + openedPerSecond - freed(in: second)
            if next >= limit { return Double(second - 1) + (limit - level) / (next - level) }
            level = next
        }
        return nil
    }

    /// How many ports come free in that second from now: those closed before, then those opened meanwhile.
    private func freed(in second: Int) -> Double {
        let oldest = hold - Double(second - 1)
        let youngest = oldest - 1
        let meanwhile = max(0, -youngest) - max(0, -oldest)
        return history.count(from: max(0, youngest), to: max(0, oldest)) * share
            + openedPerSecond * meanwhile
    }
}
