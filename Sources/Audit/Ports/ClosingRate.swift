import Model
import Text

/// Connections that this host closed per second, and the time over which that was counted.
package struct ClosingRate: Sendable, Hashable {
    package let perSecond: Double
    /// The seconds, up to now, that it is counted over.
    package let seconds: Int
    /// True if closed connections leave no trace for so long: reused ports, and refused TIME_WAIT.
    package let isLowerBound: Bool

    /// `354 connections/s over the last 5 s`, `at least 354 connections/s over the last second`.
    package var text: String {
        (isLowerBound ? "at least " : "") + "\(perSecond.figure) connections/s over the last "
            + (seconds == 1 ? "second" : "\(seconds) s")
    }
}
