import Kernel
import Report
import Synchronization
import Text

/// One line on a terminal's standard error that says what is being done; nothing where that is no terminal.
final class ProgressLine: Sendable {
    private let isShown = Output.messages.isTerminal && Environment["TERM"] != "dumb"
    private let isDrawn = Mutex(false)

    /// Replaces the line.
    func show(_ text: String) {
        guard isShown else { return }
        let width = max(Output.messages.columns ?? 80, 20) - 1
        let line = String(TerminalText.escaped(text).prefix(width))
        isDrawn.withLock { isDrawn in
            isDrawn = true
            try? Output.messages.write("\r\u{1B}[K" + line)
        }
    }

    /// Takes the line away.
    func clear() {
        isDrawn.withLock { isDrawn in
            guard isDrawn else { return }
            isDrawn = false
            try? Output.messages.write("\r\u{1B}[K")
        }
    }
}
