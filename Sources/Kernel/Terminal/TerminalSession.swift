import CNetlink
import Glibc

/// A terminal on which frames are drawn and whose keys are read one by one, given back however the program ends.
///
/// Every way out of here gives it back: `close`, the end of this value, `suspend`; traps and exit(3), which do not come here, do
/// so by `TerminalRescue`. A process has one of these at a time.
package struct TerminalSession: ~Copyable {
    private let input: FileDescriptor
    private let output: FileDescriptor
    private let place: TerminalPlace
    private let signals: HeldSignals
    /// How it was before; nil while it is given back.
    private var before: TerminalMode?
    /// What is still to be written before anything else: what begins the drawing.
    private var owed: [UInt8] = []
    /// Whether a write ended in the midst of a sequence.
    private var isCutOff = false

    private init(
        input: consuming FileDescriptor, output: consuming FileDescriptor, _ place: TerminalPlace,
        _ signals: HeldSignals
    ) {
        self.input = input
        self.output = output
        self.place = place
        self.signals = signals
    }

    /// True where there is a terminal to draw on and to read keys from.
    package static var isPossible: Bool {
        Output.inputIsTerminal && Output.standard.isTerminal
            && !["dumb", ""].contains(Environment["TERM"] ?? "")
    }

    /// Begins to draw.
    ///
    /// - Parameter signals: of `HeldSignals.holdOnTerminal`, so that none ends the process while the terminal is changed.
    package static func open(
        _ place: TerminalPlace, _ signals: HeldSignals, input: CInt = 0, output: CInt = 1
    ) throws(KernelError) -> TerminalSession {
        var session = TerminalSession(
            input: try .terminal(input, flags: O_RDONLY),
            output: try .terminal(output, flags: O_WRONLY), place, signals)
        try session.enter()
        return session
    }

    package var size: TerminalSize { TerminalSize(of: output.number) ?? .usual }

    /// Ready when keys were pressed, or the terminal has gone.
    package var keys: Waitable { Waitable(descriptor: input.number) }

    /// The bytes of the keys that were pressed, nil where the terminal has gone.
    package func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = unsafe Glibc.read(input.number, &buffer, buffer.count)
        if count < 0 { return errno == EAGAIN || errno == EINTR ? [] : nil }
        return count == 0 ? nil : Array(buffer.prefix(count))
    }

    /// Writes to the terminal, as long as no signal has come.
    ///
    /// - Returns: false where one has, before all was written, or the terminal is given back: what it shows is not known then.
    package mutating func write(_ bytes: [UInt8]) throws(KernelError) -> Bool {
        guard before != nil else { return false }
        let bytes = (isCutOff ? TerminalPlace.cancelling : []) + owed + bytes
        let count = try TerminalWriting.write(
            bytes, to: output.number, unless: [signals.waitable])
        isCutOff = count < bytes.count
        if !isCutOff { owed = [] }
        return !isCutOff
    }

    /// Gives the terminal to the shell, and takes it back when the user brings the program to the foreground.
    ///
    /// All has to be drawn again then.
    package mutating func suspend() throws(KernelError) {
        leave()
        TerminalStop.stop()
        try resume()
    }

    /// Takes the terminal again after a stop, in the foreground.
    ///
    /// All has to be drawn again then. Where a signal has come that ends the process, it is left as it is.
    package mutating func resume() throws(KernelError) {
        guard try TerminalStop.waitForForeground(input.number, signals) else { return }
        try enter()
    }

    /// Gives the terminal back; what it showed is gone, or stays above the prompt where it was drawn among other lines.
    package mutating func close() { leave() }

    private mutating func enter() throws(KernelError) {
        let mode: TerminalMode
        if let before { mode = before } else { mode = try TerminalMode(of: input.number) }
        // First of all, for a fault may come at any time.
        TerminalRescue.arm(
            input: input.number, output: output.number, mode: mode, leaving: place.leaving)
        before = mode
        owed = place.entering
        do throws(KernelError) { try mode.byKey.apply(to: input.number) } catch {
            leave()
            throw error
        }
    }

    private mutating func leave() {
        giveBack()
        before = nil
        owed = []
        isCutOff = false
    }

    /// Does each step, whatever became of the one before.
    private func giveBack() {
        guard var mode = before?.attributes else { return }
        let bytes = place.leaving
        unsafe TerminalRescue.giveBack(
            input: input.number, output: output.number, &mode, bytes, bytes.count)
        TerminalRescue.disarm()
    }

    deinit { giveBack() }
}
