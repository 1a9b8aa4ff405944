/// Something that happened to the record itself: why there may be a gap, or a minute that came twice.
package struct HistoryEvent: Sendable, Hashable {
    /// Seconds since 1970.
    package let time: Int64
    package let text: String

    package init(time: Int64, text: String) {
        self.time = time
        self.text = text
    }

    package static let started = "the agent started"
    package static let ended = "the agent ended"

    package static func clockSet(by seconds: Int64) -> String {
        "the clock was set \(seconds > 0 ? "forward" : "back") by \(seconds.magnitude) s"
    }
}
