import Glibc
import Synchronization

/// A program running beside the tests.
///
/// Its output goes to files without a name: a pipe would block it when nobody reads.
struct Program {
    struct Outcome {
        /// What a shell would say: the exit status, or 128 and the signal's number.
        let status: Int32
        let output: String
        let errors: String
        let seconds: Double
        /// Of processors: what a program takes, however many others run beside it.
        let processorSeconds: Double
    }

    /// How long a program may take before it counts as one that hangs; a busy machine makes the slowest take minutes.
    static let patience = 300.0

    let pid: pid_t
    let began: Double
    private let output: Int32
    private let errors: Int32

    /// Starts it with an environment that is the same everywhere.
    init(_ arguments: [String], input: Int32? = nil, output replacement: Int32? = nil) throws {
        output = try Self.unnamedFile()
        errors = try Self.unnamedFile()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, replacement ?? output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // A test runs on a thread that blocks signals; what it starts must not.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let environment = [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG=C.UTF-8", "NO_COLOR=1", "SWIFT_BACKTRACE=enable=no",
        ]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { (words + settings).forEach { free($0) } }
        var pid: pid_t = 0
        let result = Pipe.starting.withLock { _ in
            posix_spawnp(&pid, arguments[0], &actions, &attributes, &words, &settings)
        }
        guard result == 0 else {
            throw Failure("cannot start \(arguments[0]): \(String(cString: strerror(result)))")
        }
        self.pid = pid
        began = Self.now
    }

    /// Waits for its end; past the deadline it is killed, and that is an error.
    func outcome(within seconds: Double = patience) throws -> Outcome {
        defer {
            close(output)
            close(errors)
        }
        var raw: Int32 = 0
        var usage = rusage()
        while wait4(pid, &raw, WNOHANG, &usage) == 0 {
            guard Self.now - began < seconds else {
                kill(pid, SIGKILL)
                waitpid(pid, &raw, 0)
                throw Failure(
                    "not done after \(seconds) s; it said: \(Self.content(of: output))\(Self.content(of: errors))"
                )
            }
            usleep(2000)
        }
        let signal = raw & 0x7f
        return Outcome(
            status: signal == 0 ? (raw >> 8) & 0xff : 128 + signal,
            output: Self.content(of: output), errors: Self.content(of: errors),
            seconds: Self.now - began,
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime))
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    static func run(
        _ arguments: [String], output: Int32? = nil, within seconds: Double = patience
    ) throws -> Outcome {
        try Program(arguments, output: output).outcome(within: seconds)
    }

    /// The `tcptune` that was built with these tests and lies beside them, or the one `TCPTUNE` names.
    static let tcptune: String = {
        if let given = getenv("TCPTUNE") { return String(cString: given) }
        var path = [UInt8](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &path, path.count)
        let parts = String(decoding: path.prefix(max(length, 0)), as: UTF8.self)
            .split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast().joined(separator: "/") + "/tcptune"
    }()

    /// The `tcptune-agent` beside it.
    static let agent = tcptune + "-agent"

    /// The helper of the agent, built by the same.
    static let owners = tcptune + "-owners"

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func unnamedFile() throws -> Int32 {
        var name = Array("/tmp/tcptune-test-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else {
            throw Failure("no temporary file: \(String(cString: strerror(errno)))")
        }
        unlink(name)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func content(of file: Int32) -> String {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            let length = pread(file, &part, part.count, off_t(bytes.count))
            guard length > 0 else { break }
            bytes += part.prefix(length)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
