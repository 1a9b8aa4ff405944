import Glibc

/// What a signal means to a program that draws on a terminal.
package enum TerminalSignal: Sendable, Hashable {
    /// It has to end, for the signal of that number.
    case end(Int32)
    /// The user wants the shell: `TerminalSession.suspend`.
    case stop
    /// It was stopped by something else and goes on: `TerminalSession.resume`.
    case goOn
    /// The terminal has another size.
    case resized
}

extension HeldSignals {
    /// The next signal; nil where none has come.
    ///
    /// Needs those of `holdOnTerminal`.
    package func nextOnTerminal() -> TerminalSignal? {
        switch nextOfAny() {
        case nil: nil
        case SIGTSTP: .stop
        case SIGCONT: .goOn
        case SIGWINCH: .resized
        case .some(let number): .end(number)
        }
    }
}
