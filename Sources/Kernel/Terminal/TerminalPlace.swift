/// Where on a terminal a program draws.
package enum TerminalPlace: Sendable, Hashable {
    /// On a screen of its own, which gives way to the old one at the end.
    case screen
    /// Among the other lines.
    case inline

    /// What is written before the first frame.
    ///
    /// - `?1049`: the alternate screen (xterm); terminals without one pass over it.
    /// - `?25`: the cursor is hidden.
    /// - `?7`: a sign that is wider than was thought must not begin another line (DECAWM).
    var entering: [UInt8] {
        Array(((self == .screen ? "\u{1B}[?1049h" : "") + "\u{1B}[?25l\u{1B}[?7l").utf8)
    }

    /// CAN ends a sequence that was cut off (ECMA-48 §8.3.6).
    static let cancelling: [UInt8] = [0x18]

    /// What gives the terminal back, whatever it was in the midst of; the screen is cleared for terminals that have but one.
    var leaving: [UInt8] {
        let place = self == .screen ? "\u{1B}[H\u{1B}[2J\u{1B}[?1049l" : "\r\n"
        return Self.cancelling + Array(("\u{1B}[0m\u{1B}[?7h\u{1B}[?25h" + place).utf8)
    }
}
