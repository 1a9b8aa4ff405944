import Model
import Text

/// Connections that this host closed, a second, and over which time that was counted.
package struct ClosingRate: Sendable, Hashable {
    package let perSecond: Double
    /// The seconds, up to now, that it is counted over.
    package let seconds: Int
    /// True where closings leave no trace for so long: reused ports, and TIME_WAIT that was refused.
    package let isLowerBound: Bool

    /// `354 connections/s over the last 5 s`, `at least 354 connections/s over the last second`.
    package var text: String {
        (isLowerBound ? "at least " : "") + "\(perSecond.figure) connections/s over the last "
            + (seconds == 1 ? "second" : "\(seconds) s")
    }
}
