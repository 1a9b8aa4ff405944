import Glibc
import Testing

@testable import Kernel

@Suite(.serialized) struct `A terminal` {
    /// On a thread of its own: signals are held back for all that runs on it from then on.
    private func draw(
        on terminal: PseudoTerminal, _ place: TerminalPlace = .screen,
        _ body:
            @escaping @Sendable (inout TerminalSession, HeldSignals) throws(KernelError) -> Void
    ) throws {
        try SystemThread.start { () throws(KernelError) in
            let signals = try HeldSignals.holdOnTerminal()
            var session = try TerminalSession.open(
                place, signals, input: terminal.descriptor, output: terminal.descriptor)
            try body(&session, signals)
        }.join()
    }

    @Test func `gives key by key, and is given back`() throws {
        let terminal = try PseudoTerminal()
        let before = terminal.mode
        try draw(on: terminal) { session, _ throws(KernelError) in
            let during = terminal.mode
            #expect(!during.has(ICANON) && !during.has(ECHO))
            #expect(during.has(ISIG), "^C is still a signal")
            #expect(during.output == before.output)
            #expect(terminal.drawn() == "", "nothing before the first frame")
            #expect(try session.write(Array("frame".utf8)))
            #expect(terminal.drawn() == "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7lframe")
            #expect(try session.write(Array("more".utf8)))
            #expect(terminal.drawn() == "more")
            session.close()
            #expect(terminal.mode == before)
            let left = terminal.drawn()
            #expect(left.hasPrefix("\u{18}\u{1B}[0m\u{1B}[?7h\u{1B}[?25h"))
            #expect(left.hasSuffix("\u{1B}[?1049l"))
            #expect(try !session.write(Array("late".utf8)))
            session.close()
            #expect(terminal.drawn() == "", "once is enough")
        }
        #expect(terminal.drawn() == "")
    }

    @Test func `is given back where nobody closes it, as after an error`() throws {
        let terminal = try PseudoTerminal()
        let before = terminal.mode
        #expect(throws: KernelError.self) {
            try draw(on: terminal, .inline) { session, _ throws(KernelError) in
                _ = try session.write(Array("frame".utf8))
                throw KernelError("draw", "a frame", code: EIO)
            }
        }
        #expect(terminal.mode == before)
        let drawn = terminal.drawn()
        // The terminal itself sends a carriage return before each end of line.
        #expect(!drawn.contains("1049") && drawn.hasSuffix("\u{1B}[?25h\r\r\n"))
    }

    @Test func `tells its size, and another one`() throws {
        let terminal = try PseudoTerminal(rows: 5, columns: 20)
        try draw(on: terminal) { session, _ throws(KernelError) in
            #expect(session.size == TerminalSize(rows: 5, columns: 20))
            terminal.resize(rows: 40, columns: 140)
            #expect(session.size == TerminalSize(rows: 40, columns: 140))
            terminal.resize(rows: 0, columns: 0)
            #expect(session.size == .usual)
        }
    }

    @Test func `gives keys as they were typed`() throws {
        let terminal = try PseudoTerminal()
        try draw(on: terminal) { session, _ throws(KernelError) in
            #expect(session.read() == [], "nobody waits for a key")
            terminal.type("q\u{1B}[A\r")
            #expect(try Waitable.wait(for: [session.keys], atMost: 5) == [true])
            #expect(session.read().map { String(decoding: $0, as: UTF8.self) } == "q\u{1B}[A\r")
        }
    }

    @Test func `is not written to while a signal waits, and what was cut off is cancelled`() throws
    {
        let terminal = try PseudoTerminal()
        try draw(on: terminal) { session, signals throws(KernelError) in
            #expect(try session.write([]))
            _ = terminal.drawn()
            raise(SIGWINCH)
            #expect(try !session.write(Array("frame".utf8)))
            #expect(signals.nextOnTerminal() == .resized)
            #expect(signals.nextOnTerminal() == nil)
            #expect(try session.write(Array("frame".utf8)))
            #expect(terminal.drawn() == "\u{18}frame")
        }
    }

    @Test func `that takes nothing more holds nobody up whom a signal calls`() throws {
        let terminal = try PseudoTerminal()
        try draw(on: terminal) { session, signals throws(KernelError) in
            // Nobody reads: sooner or later there is no room. By then the signal has come.
            let thread = pthread_self()
            let teller = try SystemThread.start { () throws(KernelError) in
                usleep(200_000)
                pthread_kill(thread, SIGTERM)
            }
            let frame = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
            #expect(try !session.write(frame))
            try teller.join()
            #expect(signals.nextOnTerminal() == .end(SIGTERM))
        }
    }

    @Test func `tells what signals mean`() throws {
        let terminal = try PseudoTerminal()
        try draw(on: terminal) { _, signals throws(KernelError) in
            for (number, meaning) in [
                (SIGTSTP, TerminalSignal.stop), (SIGCONT, .goOn), (SIGWINCH, .resized),
                (SIGHUP, .end(SIGHUP)), (SIGQUIT, .end(SIGQUIT)),
            ] {
                raise(number)
                #expect(signals.nextOnTerminal() == meaning)
            }
            // Where only those count that end the process, the others are passed over.
            raise(SIGWINCH)
            raise(SIGCONT)
            #expect(signals.next() == nil)
            raise(SIGTERM)
            #expect(signals.isEndPending)
            #expect(signals.next() == SIGTERM)
        }
    }
}
