import Model
import Text

/// A destination will use up half or all of its local ports if its traffic continues at this rate.
///
/// TIME_WAIT sockets show when they were closed, so one snapshot reconstructs the last minute. The
/// forecast adds the rate of the interval (of the last 5 s without one), subtracts ports that
/// become free 60 s after they were closed (or after the reuse delay), and adds the growth of open
/// connections between two snapshots if that is more than chance. Traffic at a steady rate levels
/// off after a minute, at rate × 61 ports; the forecast knows that and is silent if that level
/// fits.
///
/// The rule reports below the thresholds of ports-slow and ports-exhausting: a warning if ports
/// will run out, a notice if only the slow half will be reached. Silent below a tenth of the ports,
/// where a burst of a few seconds looks like a trend; if no connection closed in the last two
/// seconds (the traffic has ended); and if the socket table showed no ages.
///
/// Confirm: run `tcptune audit --interval 10s` now and in a minute. The forecast cannot see
/// connections that the peer closes first, resets, and how the traffic changes over the day.
/// Source: include/net/tcp.h:TCP_TIMEWAIT_LEN; measured: a port is free again after 61.4 to 61.9 s.
struct PortsForecast: Rule {
    static let id = RuleID.portsForecast
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections, .portRange])
    static let profileSettings = ShippedProfile.portSettings

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
                    finding.observed += "; connect() slows down in about \(seconds.duration)"
                }
                finding.proof =
                    "the remaining time of a TIME_WAIT shows when its connection closed "
                    + "(net/ipv4/inet_diag.c:inet_twsk_diag_fill); TIME_WAIT lasts 60 s "
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
