import CNetlink
import Glibc

/// How a program stops for its shell, and knows that it may draw again (job control: credentials(7), tcsetpgrp(3)).
enum TerminalStop {
    /// Stops the process as ^Z would have; returns when it is continued.
    ///
    /// At once where nobody could continue it: the kernel does not stop a process whose group is orphaned.
    static func stop() { deliver(SIGTSTP) }

    /// Waits until the process is in the foreground of the terminal, stopped as long as it is not.
    ///
    /// - Returns: false where a signal has come that ends the process.
    /// - Throws: EIO where it is in the background and nobody could bring it back.
    static func waitForForeground(
        _ terminal: CInt, _ signals: HeldSignals
    ) throws(KernelError) -> Bool {
        while isInBackground(terminal) {
            if signals.isEndPending { return false }
            // What set the mode of a terminal from the background would get this signal from the kernel.
            forget(SIGCONT)
            deliver(SIGTTOU)
            guard HeldSignals.isPending(SIGCONT) else {
                throw KernelError(
                    "draw on", "the terminal", code: EIO,
                    detail: "the program is in the background and no shell could bring it back")
            }
        }
        return !signals.isEndPending
    }

    /// False where it is not the terminal of this session: then nobody else draws on it.
    private static func isInBackground(_ terminal: CInt) -> Bool {
        let foreground = tcgetpgrp(terminal)
        return foreground > 0 && foreground != getpgrp()
    }

    /// Lets a signal do what it does by default, though it is held back otherwise.
    private static func deliver(_ number: CInt) {
        var set = sigset_t()
        var before = sigset_t()
        unsafe _ = sigemptyset(&set)
        unsafe _ = sigaddset(&set, number)
        let action = signal(number, SIG_DFL)
        raise(number)
        unsafe _ = pthread_sigmask(SIG_UNBLOCK, &set, &before)
        unsafe _ = pthread_sigmask(SIG_SETMASK, &before, nil)
        _ = signal(number, action)
    }

    /// Takes a signal back that has come.
    private static func forget(_ number: CInt) {
        var set = sigset_t()
        unsafe _ = sigemptyset(&set)
        unsafe _ = sigaddset(&set, number)
        var now = timespec()
        unsafe _ = sigtimedwait(&set, nil, &now)
    }
}
