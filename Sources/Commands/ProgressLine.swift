import Kernel
import Report
import Synchronization
import Text

/// One line on a terminal's standard error: what is being done, and how long it still takes; nothing where that is no terminal.
///
/// It appears after a second, and a thread of its own counts it on.
final class ProgressLine: Sendable {
    private struct State {
        var text = ""
        /// When it will be over, by the monotonic clock; nil where nobody knows.
        var end: Double?
        var isDrawn = false
        var isOver = false
        var isCounting = false
    }

    private let isShown: Bool
    private let began = MonotonicClock.now
    private let state = Mutex(State())
    private let ending: EventSignal?

    /// - Parameter isQuiet: whether nothing is to be said in any case.
    init(isQuiet: Bool = false) {
        let isWanted = !isQuiet && Output.messages.isTerminal && Environment["TERM"] != "dumb"
        ending = isWanted ? try? EventSignal() : nil
        isShown = ending != nil
    }

    /// Says what is being done from now on.
    ///
    /// - Parameter left: seconds until all of it is over; nil where that is not known, and the time so far is shown.
    func show(_ text: String, left: Double? = nil) {
        guard isShown else { return }
        let mustStart = state.withLock { state in
            state.text = text
            state.end = left.map { MonotonicClock.now + $0 }
            draw(&state)
            defer { state.isCounting = true }
            return !state.isCounting
        }
        if mustStart { count() }
    }

    /// Takes the line away, for good.
    func clear() {
        guard isShown else { return }
        ending?.set()
        state.withLock { state in
            if state.isDrawn { try? Output.messages.write("\r\u{1B}[K") }
            state.isDrawn = false
            state.isOver = true
        }
    }

    private func count() {
        // Without a thread the line stays as it is until the next step.
        _ = try? SystemThread<Bool>.start { [self] () throws(KernelError) in
            while ending?.wait(nanoseconds: 1_000_000_000) == false { state.withLock { draw(&$0) } }
            return true
        }
    }

    private func draw(_ state: inout State) {
        let now = MonotonicClock.now
        guard !state.isOver, now - began >= 0.99 else { return }
        let width = max(Output.messages.columns ?? 80, 20) - 1
        let time = state.end.map { Self.left($0 - now) } ?? "\((now - began).rounded().duration)"
        let room = max(width - time.count - 3, 0)
        let line = TerminalText.escaped(state.text).prefix(room) + "   " + time
        state.isDrawn = true
        try? Output.messages.write("\r\u{1B}[K" + line.prefix(width))
    }

    /// `12 s left`, `3 min left`.
    private static func left(_ seconds: Double) -> String {
        seconds <= 0 ? "almost done" : seconds.rounded(.up).duration + " left"
    }
}

/// How long the rest of alike steps takes, by those that are over.
final class StepPace: Sendable {
    private let begun = Mutex<(name: String, time: Double)?>(nil)

    /// Seconds for the steps from this one on; nil while too little is known.
    ///
    /// - Parameters:
    ///   - name: of what has the steps; another counts from its own beginning.
    ///   - step: the one that begins now, from 1.
    func left(_ name: String, step: Int, of steps: Int) -> Double? {
        let now = MonotonicClock.now
        let time = begun.withLock { begun in
            if begun?.name != name { begun = (name, now) }
            return begun?.time ?? now
        }
        // Steps that all begin at once tell nothing of how long they take.
        guard step > 1, now - time >= 0.2 * Double(step - 1) else { return nil }
        return (now - time) / Double(step - 1) * Double(steps - step + 1)
    }
}
