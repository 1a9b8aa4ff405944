import Testing

/// The program under a filter of system calls.
enum RefusedCalls {
    static let arePossible = (try? run("openat2", "EPERM", [], of: "true").status) == 0

    /// Runs it where a call of `Scenes/refuse.py` is refused with an errno.
    static func run(
        _ call: String, _ code: String, _ arguments: [String], of program: String = Program.tcptune
    ) throws -> Program.Outcome {
        try Program.run(
            ["python3", Scene.path("refuse.py"), call, code, program] + arguments)
    }
}

@Suite(.enabled(if: RefusedCalls.arePossible, "seccomp filters are not to be had"))
struct `A filter of system calls` {
    /// Whatever errno the filter was given: what it stands for is the filter's, not the kernel's.
    @Test(
        arguments: [
            "EPERM", "EACCES", "ENOSYS", "EINVAL", "EAFNOSUPPORT", "EPROTONOSUPPORT", "ENODEV",
            "EIO",
            "EMFILE", "ENOENT", "EBUSY",
        ])
    func `that refuses netlink leaves /proc, and what that does not show is said`(
        _ code: String
    ) throws {
        let outcome = try RefusedCalls.run("netlink", code, ["audit"])
        #expect(outcome.status < 2, "\(outcome.errors)")
        let words = outcome.output.split { " \n".contains($0) }.joined(separator: " ")
        #expect(words.contains("tcptune read sockets from /proc/net/tcp"))
        #expect(
            words.contains(
                "not checked: accept queue limits, IPV6_V6ONLY and control groups of sockets"))
        #expect(words.contains("not checked: accept queues of Unix sockets"), "\(code): \(words)")
    }

    @Test(arguments: ["EPERM", "EACCES", "ENOSYS", "EINVAL", "ENOENT", "EAGAIN"])
    func `that refuses openat2 keeps no file of a captured tree from being read`(
        _ code: String
    ) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("net.ipv4.tcp_fin_timeout = 30\n", to: directory + "/etc/sysctl.conf")
        let plain = try Program.run([Program.tcptune, "audit", "--root", directory])
        let filtered = try RefusedCalls.run("openat2", code, ["audit", "--root", directory])
        #expect(plain.output.contains("tcp_fin_timeout"))
        func withoutTime(_ text: String) -> [Substring] {
            Array(text.split(separator: "\n").dropFirst())
        }
        #expect(withoutTime(filtered.output) == withoutTime(plain.output))
        #expect(filtered.status == plain.status)
    }

    /// Without a call that waits it would turn round without waiting, and time out by the clock of its own work alone.
    @Test(
        .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
        arguments: ["EPERM", "ENOSYS"])
    func `that refuses epoll_pwait2 costs no processor time`(_ code: String) throws {
        let outcome = try Program.run([
            "sh", "-c",
            "time -p python3 \"$1\" epoll_pwait2 \(code) \"$0\" load --rate 5/s --for 2s >/dev/null",
            Program.tcptune, Scene.path("refuse.py"),
        ])
        let times = outcome.errors.split(separator: "\n").compactMap { line -> Double? in
            line.hasPrefix("user") ? Double(line.split(separator: " ")[1]) : nil
        }
        // Whether it was fast enough is the machine's business.
        #expect((times.first ?? 9) < 1.5, "\(outcome.errors)")
    }
}
