import Model
import Text

/// A destination's local ports will be half or wholly used up if its traffic goes on as it is now.
///
/// TIME_WAIT sockets tell when they were closed, so one snapshot redraws the last minute. The
/// forecast adds the rate of the interval (of the last 5 s without one), takes off what comes free 60 s after it was closed
/// (or after the reuse delay), and adds the growth of open connections between two snapshots where
/// that is more than chance. Traffic at a steady rate is level after a minute, at rate × 61 ports;
/// the forecast knows that and is silent where that level fits.
///
/// It speaks below the thresholds of ports-slow and ports-exhausting: a warning where ports will
/// run out, a notice where only the slow half is reached. It is silent below a tenth of the ports,
/// where a burst of a few seconds looks like a trend, where the last two seconds saw no closing (the
/// traffic has ended), and where the socket table showed no ages.
///
/// Confirm: `tcptune audit --interval 10s` now and in a minute. What it cannot see: connections
/// that the peer closes first, resets, and the day's shape of the traffic.
/// Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; measured: a port is free again after 61.4 to 61.9 s.
struct PortsForecast: Rule {
    static let id = "ports-forecast"

    /// Share of usable ports; with the default range 2823 connections, more than a burst of one page load.
    static let meaningfulRatio = 0.1

    func findings(in situation: Situation) -> [Finding] {
        situation.tuples
            .filter { !$0.tuple.isWithinHost && Self.applies(to: $0) }
            .map { tuple in
                let failing = tuple.secondsToExhaustion != nil
                var finding = PortsExhausting.finding(
                    Self.id, failing ? .warning : .notice, tuple, in: situation)
                if let seconds = tuple.secondsToSlow {
                    finding.observed += "; connect() slows in ~\(seconds.duration)"
                }
                finding.proof =
                    "TIME_WAIT's remaining time gives the second of each closing "
                    + "(net/ipv4/inet_diag.c:inet_twsk_diag_fill); it lasts 60 s "
                    + "(include/net/tcp.h:TCP_TIMEWAIT_LEN), measured 61.4 to 61.9 s"
                return finding
            }
    }

    static func applies(to tuple: TupleAssessment) -> Bool {
        guard tuple.usable > 0, tuple.blockedRatio >= meaningfulRatio,
            !PortsExhausting.applies(to: tuple), !PortsSlow.applies(to: tuple)
        else { return false }
        return tuple.secondsToExhaustion != nil || tuple.secondsToSlow != nil
    }
}
