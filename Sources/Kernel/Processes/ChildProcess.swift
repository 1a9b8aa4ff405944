import CNetlink
import Glibc

/// Another program, run to its end.
package struct ChildProcess: Sendable, Hashable {
    /// What it exited with; nil where a signal ended it.
    package var status: Int32?
    /// The first 4096 bytes of its standard output; untrusted text.
    package var output: String

    /// Runs the program of that absolute path; one that takes longer is killed.
    ///
    /// - Throws: ETIMEDOUT where it took longer.
    package static func run(
        _ program: String, _ words: [String], within seconds: Double
    ) throws(KernelError) -> ChildProcess {
        let end = BootClock.now + seconds
        var ends: [CInt] = [-1, -1]
        _ = try systemCall("make", "a socket pair") {
            unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
        }
        let near = FileDescriptor(owning: ends[0])
        let pid: pid_t
        do {
            let far = FileDescriptor(owning: ends[1])
            pid = try ProgramStart(descriptors: [(far.number, 1)]).run(program, as: program, words)
        }
        var output: [UInt8] = []
        do throws(KernelError) {
            while let bytes = try chunk(near, until: end) {
                output += bytes.prefix(4096 - output.count)
            }
            while true {
                var state: CInt = 0
                let got = try systemCall("wait for", program) {
                    unsafe waitpid(pid, &state, WNOHANG)
                }
                if got == pid {
                    return ChildProcess(
                        status: state & 0x7F == 0 ? (state >> 8) & 0xFF : nil,
                        output: String(decoding: output, as: UTF8.self))
                }
                guard BootClock.now < end else {
                    throw KernelError("wait for", program, code: ETIMEDOUT)
                }
                // Its output has ended, and so it will in a moment.
                _ = try Waitable.wait(for: [], atMost: 0.001)
            }
        } catch {
            kill(pid, SIGKILL)
            _ = waitpid(pid, nil, 0)
            throw error
        }
    }

    /// What comes next of its output; nil at the end.
    private static func chunk(
        _ stream: borrowing FileDescriptor, until end: Double
    ) throws(KernelError) -> [UInt8]? {
        let ready = try Waitable.wait(
            for: [Waitable(descriptor: stream.number)], atMost: end - BootClock.now)
        guard ready == [true] else {
            throw KernelError("wait for", "another program", code: ETIMEDOUT)
        }
        let bytes = try stream.readOnce(room: 4096, subject: "another program's output")
        return bytes.isEmpty ? nil : bytes
    }
}
