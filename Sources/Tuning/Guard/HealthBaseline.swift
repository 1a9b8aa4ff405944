import Model
import Text

extension HealthBaseline: CustomStringConvertible {
    package var description: String { "\(overflows) \(failures) \(retransmissions)" }

    /// Takes what `description` gives.
    init?(record: String) {
        let numbers = record.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 3, numbers.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        self.init(overflows: numbers[0], failures: numbers[1], retransmissions: numbers[2])
    }
}

extension HealthBaseline {
    /// A rate is worrying from ten times the usual one on, and never below this many a second.
    static let overflowsNoticed = 10.0
    static let failuresNoticed = 50.0
    /// A share of segments sent again is worrying when it is higher by this much, among this many segments.
    static let retransmissionsNoticed = 0.10
    static let segmentsNeeded: Int64 = 1000
    static let factor = 10.0

    /// What is usual by the counters since the machine was started, or the namespace was made later than that.
    init(sinceBoot counters: CounterSample) {
        let seconds = max(counters.time, 1)
        let sent = counters[.segmentsSent] ?? 0
        self.init(
            overflows: Double(counters[.listenOverflows] ?? 0) / seconds,
            failures: Double(counters[.attemptFails] ?? 0) / seconds,
            retransmissions: sent > 0
                ? Double(counters[.segmentsRetransmitted] ?? 0) / Double(sent) : 0)
    }

    /// What is far beyond the usual in the time between two samples; nil where nothing is.
    func excess(in now: CounterSample, since earlier: CounterSample) -> String? {
        let rates = [
            (
                "connections that found the accept queue full", FollowedCounter.listenOverflows,
                overflows, Self.overflowsNoticed
            ),
            (
                "connections that failed to open", .attemptFails, failures,
                Self.failuresNoticed
            ),
        ]
        for (what, counter, usual, least) in rates {
            guard let rate = now.rate(of: counter, since: earlier) else { continue }
            if rate > max(least, usual * Self.factor) {
                return "\(what): \(rate.figure)/s, usually \(usual.figure)/s"
            }
        }
        let sent = now.growth(of: .segmentsSent, since: earlier) ?? 0
        if sent >= Self.segmentsNeeded,
            let again = now.growth(of: .segmentsRetransmitted, since: earlier)
        {
            let share = Double(again) / Double(sent)
            if share > retransmissions + Self.retransmissionsNoticed {
                return
                    "this host retransmitted \(share.percent) of all segments, usually \(retransmissions.percent)"
            }
        }
        return nil
    }
}
