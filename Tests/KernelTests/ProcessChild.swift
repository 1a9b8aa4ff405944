import CNetlink
import Glibc

@testable import Kernel

/// A program that a test started: it is spoken to through its standard streams, and ends with the test.
final class ChildProcess {
    let pid: pid_t
    private let channel: FileDescriptor

    init(_ arguments: [String], extraEnvironment: [String] = []) throws(KernelError) {
        let pipe = try Pipe()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for stream: CInt in 0...2 {
            unsafe posix_spawn_file_actions_adddup2(&actions, pipe.second.number, stream)
        }

        let path = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
        var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var environment = unsafe (path + extraEnvironment).map { unsafe strdup($0) } + [nil]
        defer { unsafe (argv + environment).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let code = unsafe posix_spawnp(
            &pid, arguments[0], &actions, nil, &argv, &environment)
        guard code == 0 else { throw KernelError("start", arguments[0], code: code) }
        self.pid = pid
        channel = pipe.takeFirst()
    }

    /// Writes a line to the program.
    func tell(_ line: String) throws(KernelError) { try channel.write(Array("\(line)\n".utf8)) }

    /// What the program writes up to the end of the line, or of the program.
    func line() throws(KernelError) -> String {
        var bytes: [UInt8] = []
        while let byte = try channel.byte(), byte != 10 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All it writes until it ends, and how it ended: 0 is well.
    func finish() throws(KernelError) -> (output: String, status: CInt) {
        let output = try channel.readToEnd(first: 4096, subject: "output")
        var status: CInt = 0
        unsafe waitpid(pid, &status, 0)
        isRunning = false
        return (String(decoding: output, as: UTF8.self), status)
    }

    private var isRunning = true

    deinit {
        guard isRunning else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}

/// Two connected ends that no other program inherits.
struct Pipe: ~Copyable {
    let first: FileDescriptor
    let second: FileDescriptor

    init() throws(KernelError) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        _ = try systemCall("make", "socket pair") { unsafe socketpair(AF_UNIX, kind, 0, &ends) }
        first = FileDescriptor(owning: ends[0])
        second = FileDescriptor(owning: ends[1])
    }

    /// Keeps the first end and closes the second.
    consuming func takeFirst() -> FileDescriptor { first }
}

extension FileDescriptor {
    /// The next byte; nil at the end.
    func byte() throws(KernelError) -> UInt8? {
        var byte: UInt8 = 0
        let got = try systemCall("read", "child") { unsafe read(number, &byte, 1) }
        return got == 1 ? byte : nil
    }

    func write(_ bytes: [UInt8]) throws(KernelError) {
        let put = try systemCall("write", "pipe") { unsafe Glibc.write(number, bytes, bytes.count) }
        precondition(put == bytes.count)
    }
}
