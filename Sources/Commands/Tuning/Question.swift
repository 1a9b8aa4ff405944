import Kernel
import Report

/// A question on the terminal, which ends with an answer, a time, a signal or the terminal's end.
enum Question {
    case yes
    case no
    case late
    /// The terminal has gone.
    case hungUp
    case signal(Int32)

    static var canAsk: Bool { Output.inputIsTerminal && Output.messages.isTerminal }

    /// Shows a page beside the question; results go to standard output, talk does not.
    static func show(_ page: Document) {
        let isPlain = Environment["NO_COLOR"]?.isEmpty == false || Environment["TERM"] == "dumb"
        let width = min(max(Output.messages.columns ?? 100, 40), 240)
        try? Output.messages.write(
            TerminalRenderer(width: width, colour: !isPlain).render(page))
    }

    /// Asks; whatever is no clear yes is a no.
    ///
    /// - Parameter deadline: seconds of `BootClock`, named with the time of day and counted down; nil waits for ever.
    static func ask(
        _ words: String, _ signals: HeldSignals, until deadline: Double? = nil
    ) -> Question {
        let countdown = deadline.map { Countdown(words, until: $0) }
        try? Output.messages.write("\(countdown?.question ?? words) [y/N] ")
        var line: [UInt8] = []
        while true {
            let left = deadline.map { $0 - BootClock.now }
            if let left, left <= 0 { return ended(.late) }
            let pause = countdown?.isCounted == true ? left.map { min($0, 1) } : left
            let ready = try? Waitable.wait(for: [.input, signals.waitable], atMost: pause)
            countdown?.tick()
            if let number = signals.next() {
                return ended(number == HeldSignals.hangUp ? .hungUp : .signal(number))
            }
            guard ready?[0] == true else { continue }
            guard let bytes = Waitable.readInput(), !bytes.isEmpty else { return ended(.hungUp) }
            line += bytes
            guard line.contains(0x0A) else { continue }
            let answer = String(decoding: line.prefix { $0 != 0x0A }, as: UTF8.self).lowercased()
            return ["y", "yes"].contains(answer) ? .yes : .no
        }
    }

    /// The cursor is behind the question: what is said next begins a line.
    private static func ended(_ answer: Question) -> Question {
        try? Output.messages.write("\n")
        return answer
    }
}
