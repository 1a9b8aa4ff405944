import Kernel
import Report
import Text

/// The seconds that are left to answer a question, counted down where they stand in its line.
struct Countdown {
    /// The words with the time: `Keep these changes? They revert at 11:25:03 UTC, in 118 s`.
    let question: String
    /// Whether the terminal can be written to in the middle of its line.
    let isCounted: Bool
    private let deadline: Double
    /// Where the seconds begin, from 1, and how many places they take.
    private let column: Int
    private let places: Int

    /// - Parameters:
    ///   - words: what is asked, up to the time.
    ///   - deadline: seconds of `BootClock`.
    init(_ words: String, until deadline: Double) {
        let left = max(deadline - BootClock.now, 0)
        let time = UTC.clock(WallClock.now + left)
        let seconds = Self.text(left)
        let start = "\(words) at \(time) UTC, in "
        question = "\(start)\(seconds) s."
        self.deadline = deadline
        column = start.count + 1
        places = seconds.count
        // An answer of a few letters has room behind it: what wraps would be counted in another line.
        isCounted =
            Environment["TERM"] != "dumb"
            && question.count + " [y/N] yes ".count < Output.messages.columns ?? 0
    }

    /// Writes the seconds that are left; the cursor, and what was typed so far, stay.
    func tick() {
        guard isCounted else { return }
        let text = Self.text(max(deadline - BootClock.now, 0))
        let filler = String(repeating: " ", count: max(places - text.count, 0))
        try? Output.messages.write("\u{1B}7\u{1B}[\(column)G\(filler)\(text)\u{1B}8")
    }

    private static func text(_ seconds: Double) -> String { String(Int(seconds.rounded(.up))) }
}
