import CNetlink
import Glibc

/// What a process gives up, and takes, that is to outlive the one that started it and act when all else is short.
package enum DetachedLife {
    /// Call it before any descriptor is opened.
    ///
    /// What was inherited would keep another's lock, pipe or file system: `flock 9` of a script, a mount that is its directory.
    package static func begin() {
        closeInherited()
        _ = unsafe chdir("/")
        _ = DescriptorLimit.raise()
        liftLimits()
        // The least likely to be killed where memory is short; needs a right, and is no error without (proc(5)).
        let score = unsafe open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard score >= 0 else { return }
        let text = Array("-1000".utf8)
        unsafe _ = write(score, text, text.count)
        close(score)
    }

    /// Lifts what would end it or keep it from its files before its time: RLIMIT_CPU, RLIMIT_FSIZE and a nice value above 0.
    ///
    /// The limits go up to none with CAP_SYS_RESOURCE, and to the hard ones without (setrlimit(2)).
    private static func liftLimits() {
        lift(__rlimit_resource_t(RLIMIT_CPU.rawValue))
        lift(__rlimit_resource_t(RLIMIT_FSIZE.rawValue))
        if getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) > 0 {
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 0)
        }
    }

    private static func lift(_ resource: __rlimit_resource_t) {
        var limit = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)
        if unsafe setrlimit(resource, &limit) == 0 { return }
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        unsafe _ = setrlimit(resource, &limit)
    }

    /// Looks whether the kernel would end a process after some time of the processor's, which no guard could outlive.
    ///
    /// The hard limit is taken away where that may be.
    ///
    /// - Throws: where it may not.
    package static func requireEndlessTime() throws(KernelError) {
        let resource = __rlimit_resource_t(RLIMIT_CPU.rawValue)
        lift(resource)
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_max != rlim_t.max else { return }
        throw KernelError(
            "arm", "the guard", code: EPERM,
            detail:
                "this session's limit ends a process after \(limit.rlim_max) s of processor time (ulimit -H -t), and would "
                + "end the guard")
    }

    /// All but the standard places and the line to the command that waits.
    private static func closeInherited() {
        let first = DetachedProcess.line + 1
        guard tcptune_close_range(CUnsignedInt(first), .max) != 0 else { return }
        // Before Linux 5.9.
        for name in (try? Root.host.names(in: "/proc/self/fd")) ?? [] {
            if let number = CInt(name), number >= first { close(number) }
        }
    }
}

/// Descriptors that stand for nothing: given up when there is none left for the files that matter.
package struct DescriptorReserve: ~Copyable {
    private var numbers: [CInt] = []

    package init(_ count: Int) {
        for _ in 0..<count {
            let number = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
            if number >= 0 { numbers.append(number) }
        }
    }

    /// How many could be had.
    package var count: Int { numbers.count }

    /// Makes room for what must be opened now.
    package mutating func spend() {
        for number in numbers { close(number) }
        numbers = []
    }

    deinit { for number in numbers { close(number) } }
}
