import CNetlink
import Glibc

/// This very program, started once more in a session of its own, so that no terminal's end reaches it.
package struct DetachedProcess: ~Copyable {
    package let pid: Int32
    /// A stream to it; it ends when either process does.
    private let line: FileDescriptor

    private init(pid: Int32, line: consuming FileDescriptor) {
        self.pid = pid
        self.line = line
    }

    /// The descriptor under which it has its end of the stream.
    package static let line: Int32 = 3

    /// Starts it with these words behind its name; it holds nothing of ours but its end of the stream.
    package static func start(_ words: [String]) throws(KernelError) -> DetachedProcess {
        var ends: [CInt] = [-1, -1]
        _ = try systemCall("make", "a socket pair") {
            unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
        }
        let near = FileDescriptor(owning: ends[0])
        let far = FileDescriptor(owning: ends[1])
        let pid = try ProgramStart(descriptors: [(far.number, line)]).run(
            "/proc/self/exe", as: "tcptune", words)
        return DetachedProcess(pid: pid, line: near)
    }

    /// Waits for a byte from it; false where it ended, or the time ran out.
    package func hears(within seconds: Double) throws(KernelError) -> Bool {
        let ready = try Waitable.wait(for: [Waitable(descriptor: line.number)], atMost: seconds)
        guard ready == [true] else { return false }
        var byte: UInt8 = 0
        return unsafe read(line.number, &byte, 1) == 1
    }

    /// Ends it, where it did not become what it was started for.
    package func end() {
        kill(pid, SIGKILL)
        _ = waitpid(pid, nil, 0)
    }
}

/// The far end of the stream, in the process that was started.
package final class DetachedLine: Sendable {
    private let descriptor: FileDescriptor

    /// Takes it over; nil where descriptor 3 is no socket: the program was not started this way.
    package init?() {
        var status = stat()
        guard unsafe fstat(DetachedProcess.line, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK
        else { return nil }
        _ = fcntl(DetachedProcess.line, F_SETFD, FD_CLOEXEC)
        descriptor = FileDescriptor(owning: DetachedProcess.line)
    }

    /// Tells the near end that all is ready.
    package func acknowledge() throws(KernelError) {
        try Output(descriptor: descriptor.number, name: "the command that waits").write([1])
    }

    /// Ready when the near end has gone.
    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }
}
