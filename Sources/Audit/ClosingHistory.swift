/// When the sockets now in TIME_WAIT were closed, second by second over the last minute.
///
/// A TIME_WAIT lives 60 s, so its remaining time tells when it began: one snapshot redraws the last minute.
/// What it cannot see: connections that the peer closed, that were reset, whose port was reused, or that
/// `tcp_max_tw_buckets` refused.
struct ClosingHistory: Sendable, Hashable {
    /// TIME_WAIT's length in seconds, compiled in (`include/net/tcp.h:TCP_TIMEWAIT_LEN`).
    static let seconds = 60
    /// How far back the recent rate looks.
    static let recent = 5

    /// `[0]` within the last second; 61 of them, or none where ages were not seen.
    let buckets: [Int]

    init(_ buckets: [Int]) { self.buckets = buckets }

    var isEmpty: Bool { buckets.isEmpty }

    /// Closings a second over the last minute.
    var perSecond: Double {
        Double(buckets.prefix(Self.seconds).reduce(0, +)) / Double(Self.seconds)
    }

    /// Closings a second over the last few seconds, the running one aside: it is not over.
    var recentPerSecond: Double {
        Double(buckets.dropFirst().prefix(Self.recent).reduce(0, +)) / Double(Self.recent)
    }

    /// How many are older than so many seconds; the second in which the age falls is counted in part.
    func older(than age: Double) -> Int {
        guard !buckets.isEmpty else { return 0 }
        let whole = min(max(Int(age), 0), buckets.count)
        let rest = buckets.dropFirst(whole).reduce(0, +)
        guard whole < buckets.count else { return 0 }
        let part = Double(buckets[whole]) * (age - Double(whole))
        return max(0, rest - Int(part.rounded()))
    }
}
