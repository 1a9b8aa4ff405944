import CNetlink
import Glibc
import Synchronization

/// Gives the terminal back when the process ends in the midst of drawing: by a trap, a fault, abort(3) or exit(3).
///
/// What it does is safe in a signal handler (signal-safety(7)): it reads memory that was set before, and calls write(2), poll(2),
/// tcsetattr(3), sigaction(2) and raise(3). It neither allocates nor locks.
enum TerminalRescue {
    /// What the handler needs, in memory that stays where it is.
    @safe private struct Record {
        var input: CInt = -1
        var output: CInt = -1
        var mode = termios()
        let leaving = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        var count = 0
        /// What was done of a signal before, by its number.
        let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: signals)
    }

    private static let room = 128
    private static let signals = 65

    private nonisolated(unsafe) static let record: UnsafeMutablePointer<Record> = {
        let record = UnsafeMutablePointer<Record>.allocate(capacity: 1)
        unsafe record.initialize(to: Record())
        unsafe record.pointee.actions.initialize(repeating: sigaction(), count: signals)
        return unsafe record
    }()

    /// Whether there is something to give back.
    private static let isArmed = Atomic<Bool>(false)

    /// What the processor, the language or the library ends a process with.
    private static let faults = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS]

    /// To be called before the mode of the terminal is changed.
    static func arm(input: CInt, output: CInt, mode: TerminalMode, leaving: [UInt8]) {
        isArmed.store(false, ordering: .sequentiallyConsistent)
        unsafe record.pointee.input = input
        unsafe record.pointee.output = output
        unsafe record.pointee.mode = mode.attributes
        unsafe record.pointee.count = min(leaving.count, room)
        for (place, byte) in leaving.prefix(room).enumerated() {
            unsafe record.pointee.leaving[place] = byte
        }
        _ = isWatching
        isArmed.store(true, ordering: .sequentiallyConsistent)
    }

    /// The terminal was given back.
    static func disarm() { isArmed.store(false, ordering: .sequentiallyConsistent) }

    /// Gives back what is armed.
    private static func restore() {
        guard isArmed.exchange(false, ordering: .sequentiallyConsistent) else { return }
        let record = unsafe record
        unsafe giveBack(
            input: record.pointee.input, output: record.pointee.output, &record.pointee.mode,
            record.pointee.leaving, record.pointee.count)
    }

    /// Gives a terminal back, as far as that goes: no step keeps the next one from being done.
    static func giveBack(
        input: CInt, output: CInt, _ mode: UnsafePointer<termios>,
        _ leaving: UnsafePointer<UInt8>, _ count: Int
    ) {
        var done = 0
        // A terminal that takes nothing gets three chances, not for ever.
        for _ in 0..<3 where done < count {
            let written = unsafe Glibc.write(output, leaving + done, count - done)
            if written > 0 {
                done += written
                continue
            }
            var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
            unsafe _ = poll(&ready, 1, 100)
        }
        // The one or the other may have been closed.
        if unsafe tcsetattr(input, TCSANOW, mode) != 0 {
            unsafe _ = tcsetattr(output, TCSANOW, mode)
        }
    }

    /// Set once: the handlers stay, and do nothing but pass on where nothing is armed.
    private static let isWatching: Bool = {
        atexit { TerminalRescue.restore() }
        giveStack()
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_sigaction = { number, info, _ in
            unsafe TerminalRescue.handle(number, info)
        }
        action.sa_flags = SA_SIGINFO | SA_ONSTACK
        // Also SIGTTOU: from the background the mode could not be set otherwise.
        unsafe _ = sigfillset(&action.sa_mask)
        for number in faults {
            unsafe _ = sigaction(number, &action, record.pointee.actions + Int(number))
        }
        return true
    }()

    /// Restores, and lets the signal do what it would have done.
    private static func handle(_ number: CInt, _ info: UnsafeMutablePointer<siginfo_t>?) {
        restore()
        unsafe _ = sigaction(number, record.pointee.actions + Int(number), nil)
        // A fault happens again as soon as the handler returns, with its address. What was sent would not; nor would a
        // breakpoint, behind which the program would go on.
        let isFault = unsafe (info?.pointee.si_code ?? 0) > 0
        if !isFault || number == SIGTRAP || number == SIGSYS { raise(number) }
    }

    /// A stack for the handler: the thread's own may be what has run out.
    private static func giveStack() {
        var stack = unsafe stack_t()
        guard unsafe sigaltstack(nil, &stack) == 0, unsafe stack.ss_flags & CInt(SS_DISABLE) != 0
        else {
            return
        }
        let size = 64 << 10
        unsafe stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        unsafe stack.ss_size = size
        unsafe stack.ss_flags = 0
        unsafe _ = sigaltstack(&stack, nil)
    }
}
