/// When the sockets now in TIME_WAIT were closed, second by second over the last minute.
///
/// A TIME_WAIT lives 60 s, so its remaining time shows when it began: one snapshot reconstructs the last minute. What
/// it cannot see: connections that the peer closed, that were reset, whose port was reused, or that
/// `tcp_max_tw_buckets` refused. A timer that a late segment restarted looks like a fresh closing.
struct ClosingHistory: Sendable, Hashable {
    /// TIME_WAIT's length in seconds, compiled in (`include/net/tcp.h:TCP_TIMEWAIT_LEN`).
    static let seconds = 60
    /// How far back the recent rate looks.
    static let recent = 5

    private static let mostPerSecond = 1 << 32

    /// `[0]` within the last second; 61 of them, or none if ages were not seen.
    let buckets: [Int]

    /// Takes the ledger's buckets, which may come from a file: counts that no host can have are cut.
    init(_ buckets: [Int]) {
        self.buckets = buckets.prefix(Self.seconds + 1).map { min(max($0, 0), Self.mostPerSecond) }
    }

    var isEmpty: Bool { buckets.isEmpty }

    /// Closed connections per second over the last minute.
    var perSecond: Double {
        Double(buckets.prefix(Self.seconds).reduce(0, +)) / Double(Self.seconds)
    }

    /// Closed connections per second over the last few seconds, without the first one: a long dump of the sockets cuts
    /// it short.
    var recentPerSecond: Double {
        Double(buckets.dropFirst().prefix(Self.recent).reduce(0, +)) / Double(Self.recent)
    }

    /// Seconds without a closing after which traffic is over.
    static let silence = 2
    /// Closed connections per second from which two silent seconds are no chance: once in 22 000 (Poisson, e^-10).
    static let steadyRate = 5.0
    /// The rate over an interval looks no further back than so many seconds.
    static let longest = 10

    /// Whether connections were closed within the minute and none recently: a burst that is over.
    ///
    /// - Parameter interval: The seconds between two snapshots, which saw the silence; nil without.
    func hasEnded(interval: Double?) -> Bool {
        guard buckets.prefix(Self.silence).allSatisfy({ $0 == 0 }), perSecond > 0 else {
            return false
        }
        return (interval ?? 0) >= Double(Self.silence) || perSecond >= Self.steadyRate
    }

    /// The rate that a forecast uses; nil if ages were not seen.
    ///
    /// Over the interval if there was one, otherwise over the last seconds; 0 for a burst that is over.
    func rate(
        interval: Double?, reusedAfter delay: Double?, isLowerBound: Bool
    ) -> ClosingRate? {
        guard !isEmpty else { return nil }
        if hasEnded(interval: interval) {
            return ClosingRate(perSecond: 0, seconds: Self.silence, isLowerBound: isLowerBound)
        }
        if let delay {
            return ClosingRate(
                perSecond: recentPerSecond(reusedAfter: delay),
                seconds: min(max(Int(delay), 1), Self.recent), isLowerBound: true)
        }
        guard let interval, interval >= Double(Self.silence) else {
            return ClosingRate(
                perSecond: recentPerSecond, seconds: Self.recent, isLowerBound: isLowerBound)
        }
        let whole = Int(min(interval.rounded(), Double(Self.longest)))
        return ClosingRate(
            perSecond: Double(buckets.prefix(whole).reduce(0, +)) / Double(whole), seconds: whole,
            isLowerBound: isLowerBound)
    }

    /// How many closings came when more than so many had come within that many seconds, only the excess counted.
    func beyond(_ limit: Int, within seconds: Int) -> Int {
        buckets.indices.reduce(0) { sum, index in
            let window = buckets[index...].prefix(max(1, seconds)).reduce(0, +)
            return sum + min(buckets[index], max(0, window - limit))
        }
    }

    /// Closed connections per second if connect() reuses ports older than so many seconds.
    ///
    /// Whatever is older may be gone already, so only the younger ones count, and at least the last second.
    func recentPerSecond(reusedAfter delay: Double) -> Double {
        let whole = min(max(Int(delay), 1), Self.recent)
        return Double(buckets.prefix(whole).reduce(0, +)) / Double(whole)
    }

    /// How many have an age, in seconds, within the bounds; a second that a bound cuts counts in part.
    func count(from low: Double, to high: Double) -> Double {
        var sum = 0.0
        for (index, count) in buckets.enumerated() where count > 0 {
            let part = min(high, Double(index) + 1) - max(low, Double(index))
            if part > 0 { sum += Double(count) * part }
        }
        return sum
    }

    /// How many are older than so many seconds.
    func older(than age: Double) -> Int {
        Int(count(from: age, to: Double(buckets.count)).rounded())
    }
}
