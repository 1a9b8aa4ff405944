import Kernel
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

    /// What is far beyond the usual in that many seconds; nil where nothing is.
    func excess(of counters: HealthCounters, over seconds: Double) -> String? {
        let rates = [
            (
                "connections that found the accept queue full", counters.overflows, overflows,
                Self.overflowsNoticed
            ),
            (
                "connections that failed to open", counters.failures, failures,
                Self.failuresNoticed
            ),
        ]
        for (what, count, usual, least) in rates {
            let rate = Double(count) / seconds
            if rate > max(least, usual * Self.factor) {
                return "\(what): \(rate.figure)/s, usually \(usual.figure)/s"
            }
        }
        if counters.sent >= Self.segmentsNeeded {
            let share = Double(counters.retransmitted) / Double(counters.sent)
            if share > retransmissions + Self.retransmissionsNoticed {
                return
                    "this host retransmitted \(share.percent) of all segments, usually \(retransmissions.percent)"
            }
        }
        return nil
    }
}

extension HealthCounters {
    /// What was usual since the machine was started, or the namespace was made later than that.
    var sinceBoot: HealthBaseline {
        let seconds = max(BootClock.now, 1)
        return HealthBaseline(
            overflows: Double(overflows) / seconds, failures: Double(failures) / seconds,
            retransmissions: sent > 0 ? Double(retransmitted) / Double(sent) : 0)
    }
}
