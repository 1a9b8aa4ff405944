package import Audit
import Model
import Text
package import Watching

/// From what is watched to what is told: the agent calls it at each look.
package struct AlertWatch: Sendable {
    private var reader = AlertReader()
    private var book = AlertBook()

    package init() {}

    package var standing: [Severity: Int] { book.standing }
    package var leftOut: Int { book.leftOut }

    /// What there is to tell of this moment.
    ///
    /// - Parameters:
    ///   - now: CLOCK_BOOTTIME, in seconds.
    ///   - clock: the same moment in seconds since 1970.
    package mutating func look(
        _ views: [WatchedView], minimum: Severity, at now: Double, clock: Double
    ) -> [AlertMessage] {
        let readings = reader.readings(views, known: book.keys, minimum: minimum)
        let messages = book.update(
            readings, watched: Set(views.map(\.name)), at: now, clock: clock)
        return messages.map { Self.bounded($0, views) }
    }

    /// With the most ports that can be in use now, where the look at every socket is a while ago.
    private static func bounded(_ message: AlertMessage, _ views: [WatchedView]) -> AlertMessage {
        guard message.isFiring, message.age >= 1, let tuple = message.sight.tuple,
            let watched = views.first(where: { $0.name == message.key.netns })?.watched,
            let counters = watched.samples.last,
            let most = watched.schedule.mostPorts(for: tuple, at: counters)
        else { return message }
        var message = message
        message.remark = "by counters at most \(max(most, 0).grouped) are in use now"
        return message
    }
}
