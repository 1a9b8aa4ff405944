import CNetlink
import Glibc

/// Another program that is given something to read, run to its end.
package enum FedProcess {
    /// Seconds between two looks whether it has ended.
    private static let betweenLooks = 0.01

    /// Runs a program in a session of its own, without a shell, and with no environment but a path; what it writes is not read.
    ///
    /// One that takes longer is killed, with all that it started in its session's first group.
    ///
    /// - Parameters:
    ///   - program: its absolute path.
    ///   - input: what it may read of its standard input, and need not.
    /// - Returns: what it exited with; nil where a signal ended it.
    /// - Throws: ETIMEDOUT where it took longer.
    package static func run(
        _ program: String, _ words: [String], input: [UInt8], within seconds: Double
    ) throws(KernelError) -> Int32? {
        let end = BootClock.now + seconds
        var ends: [CInt] = [-1, -1]
        _ = try systemCall("make", "a socket pair") {
            unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
        }
        let near = FileDescriptor(owning: ends[0])
        let pid: pid_t
        do {
            let far = FileDescriptor(owning: ends[1])
            pid = try ProgramStart(descriptors: [(far.number, 0)]).run(program, as: program, words)
        }
        do throws(KernelError) {
            try feed(near, input, to: program, until: end)
            return try wait(for: pid, program, until: end)
        } catch {
            // Nobody has waited for it: the number is still its own, and that of the group that it leads.
            kill(-pid, SIGKILL)
            kill(pid, SIGKILL)
            _ = waitpid(pid, nil, 0)
            throw error
        }
    }

    /// Writes all of it, or as much as is wanted.
    private static func feed(
        _ stream: borrowing FileDescriptor, _ input: [UInt8], to program: String, until end: Double
    ) throws(KernelError) {
        let number = stream.number
        var done = 0
        while done < input.count {
            let left = end - BootClock.now
            guard left > 0,
                try Waitable.wait(
                    for: [Waitable(descriptor: number, isWritten: true)], atMost: left) == [true]
            else { throw KernelError("write to", program, code: ETIMEDOUT) }
            let sent = unsafe input.withUnsafeBytes { bytes in
                unsafe send(
                    number, bytes.baseAddress?.advanced(by: done), bytes.count - done,
                    CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
            }
            if sent >= 0 {
                done += sent
            } else if ![EAGAIN, EINTR].contains(errno) {
                // It reads no more.
                return
            }
        }
        _ = shutdown(number, CInt(SHUT_WR))
    }

    private static func wait(
        for pid: pid_t, _ program: String, until end: Double
    ) throws(KernelError) -> Int32? {
        while true {
            var state: CInt = 0
            let got = try systemCall("wait for", program) {
                unsafe waitpid(pid, &state, WNOHANG)
            }
            if got == pid { return state & 0x7F == 0 ? (state >> 8) & 0xFF : nil }
            guard BootClock.now < end else {
                throw KernelError("wait for", program, code: ETIMEDOUT)
            }
            _ = try Waitable.wait(for: [], atMost: betweenLooks)
        }
    }
}
