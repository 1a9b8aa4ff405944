import Glibc
import Testing

@testable import Kernel

/// Each in a process of its own, which ends in the midst of drawing.
@Suite(.serialized) struct `A terminal is given back after` {
    private func expectGivenBack(_ body: (PseudoTerminal) async -> Void) async throws {
        let terminal = try PseudoTerminal()
        let before = terminal.mode
        unsafe _ = setenv(DrawingProcess.variable, terminal.path, 1)
        await body(terminal)
        #expect(terminal.mode == before)
        let drawn = terminal.drawn()
        #expect(drawn.contains("frame"), "it had begun to draw")
        #expect(drawn.hasSuffix("\u{1B}[?1049l"))
    }

    @Test func `a trap`() async throws {
        try await expectGivenBack { _ in
            await #expect(processExitsWith: .failure) {
                let session = try DrawingProcess.begin()
                let numbers = Array(0..<session.size.rows)
                print(numbers[numbers.count + session.size.columns])
            }
        }
    }

    @Test func `a fault that was sent`() async throws {
        try await expectGivenBack { _ in
            await #expect(processExitsWith: .failure) {
                let session = try DrawingProcess.begin()
                raise(SIGBUS)
                withExtendedLifetime(session.size) {}
                // Some debugger's handler may have let it go on.
                ProcessExit.leave(with: 1)
            }
        }
    }

    @Test func `exit from anywhere`() async throws {
        try await expectGivenBack { _ in
            await #expect(processExitsWith: .exitCode(9)) {
                let session = try DrawingProcess.begin()
                if session.size.rows > 0 { ProcessExit.leave(with: 9) }
            }
        }
    }

    @Test func `a call of abort`() async throws {
        try await expectGivenBack { _ in
            await #expect(processExitsWith: .failure) {
                let session = try DrawingProcess.begin()
                if session.size.rows > 0 { abort() }
            }
        }
    }
}

/// The process that ends.
private enum DrawingProcess {
    /// By which it finds the terminal.
    static let variable = "TCPTUNE_TEST_TERMINAL"

    static func begin() throws -> TerminalSession {
        let path = try #require(Environment[variable])
        let terminal = try FileDescriptor.open(path, flags: O_RDWR | O_NOCTTY)
        let signals = try HeldSignals.holdOnTerminal()
        var session = try TerminalSession.open(
            .screen, signals, input: terminal.number, output: terminal.number)
        _ = try session.write(Array("frame".utf8))
        return session
    }
}
