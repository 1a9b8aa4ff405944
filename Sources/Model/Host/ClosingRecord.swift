/// When connections closed into TIME_WAIT, by tuple and by listener: the last minute, redrawn from what is left of the timers.
///
/// Each count belongs to one whole second of CLOCK_BOOTTIME. TIME_WAIT lasts 60 s, so a second is complete until it is 58 s old.
/// What was killed or used again earlier is missing; `TcpExt.TW` and `TWKilled` count all that ever entered.
public struct ClosingRecord: Sendable, Hashable {
    /// The second of the first column.
    public var firstSecond: Int64
    /// Closings by this host towards a destination, by tuple: a count for each second from ``firstSecond``.
    public var tuples: [Tuple: [UInt32]]
    /// Closings by this host of connections that came to a listener, by its port.
    public var listeners: [UInt16: [UInt32]]
    /// Those of tuples that were not told apart.
    public var others: [UInt32]
    /// How many sockets in TIME_WAIT were read.
    public var sockets: Int

    /// Columns of every row: a minute, and the second that is not over.
    public static let columns = 61
    /// TIME_WAIT's length in seconds, compiled in (`include/net/tcp.h:TCP_TIMEWAIT_LEN`).
    public static let length = 60.0

    public init(
        firstSecond: Int64, tuples: [Tuple: [UInt32]] = [:], listeners: [UInt16: [UInt32]] = [:],
        others: [UInt32] = [], sockets: Int = 0
    ) {
        self.firstSecond = firstSecond
        self.tuples = tuples
        self.listeners = listeners
        self.others = others
        self.sockets = sockets
    }
}
