import Model

/// What an earlier snapshot adds to the knowledge of a tuple.
struct EarlierTuple: Sendable {
    /// By how many live sockets it grows per second; 0 if the change may be chance.
    let liveGrowthPerSecond: Double
    /// The share of the connections that ended in between and left a TIME_WAIT here; nil if none was seen to end.
    let closedByLocalRatio: Double?
    /// How many ports in TIME_WAIT connect() reused in between, before their minute was over; nil if that is unknown.
    ///
    /// A connection that was closed since and did not add to TIME_WAIT replaced an older one; those whose minute ended
    /// are subtracted.
    let reused: Int?
    /// How many seconds ahead the growth may be drawn on.
    let horizon: Int

    /// Two counts of steady traffic differ by more than three times the root of their sum once in 400 times.
    static let noiseDeviations = 3.0
    /// What was seen for so long says something about sixty times as long, not about the day.
    static let horizonPerInterval = 60.0

    /// Compares the tuple with itself some seconds earlier; `before` is nil if it had no socket.
    init(_ now: PortLedger, before: PortLedger?, ended: Int?, seconds: Double) {
        let live = { (ledger: PortLedger) in
            Double(ledger.states.total - ledger.states[.timeWait])
        }
        let old = before.map(live) ?? 0
        let new = live(now)
        let isNoise = abs(new - old) <= Self.noiseDeviations * max(0, new + old).squareRoot()
        liveGrowthPerSecond = isNoise ? 0 : (new - old) / seconds
        reused = Self.reused(now, before: before, seconds: seconds)
        let furthest = Double(PortForecast.horizon)
        horizon = Int(min(furthest, max(60, seconds * Self.horizonPerInterval)))

        guard let ended, ended > 0, !now.closings.isEmpty, Int(seconds.rounded()) >= 1,
            seconds <= Double(now.closings.count)
        else {
            closedByLocalRatio = nil
            return
        }
        let closedHere = ClosingHistory(now.closings).count(from: 0, to: seconds)
        closedByLocalRatio = min(1, closedHere / Double(ended))
    }

    private static func reused(_ now: PortLedger, before: PortLedger?, seconds: Double) -> Int? {
        guard let before, !now.closings.isEmpty, !before.closings.isEmpty, seconds >= 1,
            seconds <= Double(ClosingHistory.seconds) / 2
        else { return nil }
        let minute = Double(ClosingHistory.seconds)
        let closed = ClosingHistory(now.closings).count(from: 0, to: seconds)
        // Ages are known by the second: one more second may have ended.
        let expired = ClosingHistory(before.closings)
            .count(from: minute - seconds - 1, to: minute + 1)
        let grown = Double(now.states[.timeWait] - before.states[.timeWait])
        let reused = closed - grown - expired
        return reused.isFinite ? Int(max(0, min(reused, 1e9)).rounded()) : nil
    }
}
