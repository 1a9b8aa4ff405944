import Glibc
import Testing

@testable import Kernel

@Suite struct `A program that is given something to read` {
    private static func run(
        _ script: String, input: [UInt8] = [], within seconds: Double = 60
    ) throws -> Int32? {
        try FedProcess.run("/bin/sh", ["-c", script], input: input, within: seconds)
    }

    @Test func `reads all of it, and its status is told`() throws {
        let input = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        #expect(try Self.run("test $(wc -c) = 1000000", input: input) == 0)
        #expect(try Self.run("exit 7") == 7)
        #expect(try Self.run("kill -9 $$") == nil)
    }

    @Test func `need not read`() throws {
        let input = [UInt8](repeating: 0, count: 10_000_000)
        #expect(try Self.run("exit 3", input: input) == 3)
        #expect(try Self.run("exec <&-; exit 4", input: input) == 4)
    }

    @Test func `has nothing of ours: no environment, no signal that is ignored`()
        throws
    {
        #expect(try Self.run("test -z \"$HOME$LANG$SWIFT_BACKTRACE\"") == 0)
        let was = signal(SIGPIPE, SIG_IGN)
        defer { _ = signal(SIGPIPE, was) }
        // SIGPIPE is the thirteenth bit.
        #expect(
            try Self.run(
                "set -- $(grep SigIgn /proc/self/status); test $((0x$2 & 0x1000)) = 0") == 0)
    }

    @Test func `is killed with what it started where it takes too long`() throws {
        let file = "/tmp/tcptune-test-fed-\(getpid())"
        defer { unsafe _ = unlink(file) }
        let began = BootClock.now
        let error = #expect(throws: KernelError.self) {
            _ = try Self.run("sleep 1000 & echo $! > \(file); wait", within: 1)
        }
        #expect(error?.code == ETIMEDOUT)
        #expect(BootClock.now - began < 30)
        let pid = try #require(
            pid_t(String(try Root.host.text(file).prefix { $0.isNumber })))
        // Its number may stay for a moment, until init has waited for it.
        var isGone = false
        for _ in 0..<500 where !isGone {
            let state = try? Root.host.text("/proc/\(pid)/stat")
            isGone = state.map { $0.contains(") Z ") } ?? true
            usleep(10_000)
        }
        #expect(isGone)
    }

    @Test func `that is not there is an error`() {
        let error = #expect(throws: KernelError.self) {
            _ = try FedProcess.run("/nonexistent", [], input: [], within: 1)
        }
        #expect(error?.code == ENOENT)
    }
}
