import CNetlink
import Glibc

/// Signals that would end the process, held back and read instead, so that a change is never left half made.
///
/// They are held back for the calling thread and those that it starts from then on.
package final class HeldSignals: Sendable {
    private let descriptor: FileDescriptor

    private init(descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    package static let hangUp = SIGHUP

    /// What a terminal, a user or the system sends to end or stop a process, or that ends one that has no use for it.
    private static let numbers = [
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF,
        SIGIO, SIGPWR, SIGXCPU,
    ]

    package static func hold() throws(KernelError) -> HeldSignals { try hold(numbers) }

    /// Those as well that tell a program of its terminal: another size, stopped, continued.
    package static func holdOnTerminal() throws(KernelError) -> HeldSignals {
        try hold(numbers + [SIGWINCH, SIGCONT])
    }

    private static func hold(_ numbers: [CInt]) throws(KernelError) -> HeldSignals {
        var set = sigset_t()
        unsafe _ = sigemptyset(&set)
        for number in numbers { unsafe _ = sigaddset(&set, number) }
        unsafe _ = pthread_sigmask(SIG_BLOCK, &set, nil)
        // A file that would grow beyond RLIMIT_FSIZE is an error of write(2) then: EFBIG.
        _ = signal(SIGXFSZ, SIG_IGN)
        return HeldSignals(
            descriptor: FileDescriptor(
                owning: try systemCall("wait for", "signals") {
                    unsafe signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
                }))
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }

    /// The next signal that ends a process, nil where none has come; one that would only stop it is passed over.
    package func next() -> Int32? {
        while let number = nextOfAny() {
            if ![SIGTSTP, SIGCONT, SIGWINCH].contains(number) { return number }
        }
        return nil
    }

    /// The next of all that are held back.
    func nextOfAny() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard unsafe read(descriptor.number, &info, size) == size else { return nil }
        return Int32(info.ssi_signo)
    }

    /// Whether one has come that ends the process, which is left where it is.
    var isEndPending: Bool { Self.numbers.contains { $0 != SIGTSTP && Self.isPending($0) } }

    /// Whether somebody waits for the process to end: SIGTERM or SIGINT has come, and is left where it is.
    static var isEndAskedFor: Bool { isPending(SIGTERM) || isPending(SIGINT) }

    /// Whether a signal has come that the calling thread holds back.
    static func isPending(_ number: CInt) -> Bool {
        var pending = sigset_t()
        unsafe _ = sigpending(&pending)
        return unsafe sigismember(&pending, number) == 1
    }
}
