/// What waits to be delivered to one receiver: a value, to which times and chance are given.
package protocol Outbox: Sendable {
    var counts: DeliveryCounts { get }
    /// When there is something to do, in seconds of CLOCK_BOOTTIME; nil while nothing waits.
    var due: Double? { get }

    mutating func accept(_ message: AlertMessage, at now: Double)
    /// What is to be delivered now; empty where nothing is due.
    mutating func next(at now: Double) -> [AlertMessage]
    /// What `next` gave was taken.
    mutating func noteDelivered(at now: Double)
    /// It was not.
    ///
    /// - Parameters:
    ///   - isFinal: the receiver refuses it, and will another time.
    ///   - random: from 0 to 1.
    mutating func noteFailure(isFinal: Bool, at now: Double, random: Double)
}
