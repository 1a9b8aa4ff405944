import CNetlink
import Glibc

/// Starts a program in a session of its own; it holds nothing of ours but the descriptors that it is given.
struct ProgramStart {
    /// Each of ours, and the number under which the program has it; the standard places lead nowhere unless they are among
    /// these.
    var descriptors: [(ours: CInt, its: CInt)] = []

    /// Starts it with that name and these words behind it, and gives its number.
    ///
    /// No shell, and no environment but a path.
    func run(_ program: String, as name: String, _ words: [String]) throws(KernelError) -> pid_t {
        var attributes = posix_spawnattr_t()
        unsafe _ = posix_spawnattr_init(&attributes)
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe _ = sigemptyset(&none)
        unsafe _ = posix_spawnattr_setsigmask(&attributes, &none)
        // What this process ignores would be ignored by that one as well: a pipeline in a script would never end.
        var ignored = none
        for number in [SIGPIPE, SIGXFSZ] { unsafe _ = sigaddset(&ignored, number) }
        unsafe _ = posix_spawnattr_setsigdefault(&attributes, &ignored)
        unsafe _ = posix_spawnattr_setflags(
            &attributes,
            Int16(TCPTUNE_POSIX_SPAWN_SETSID) | Int16(POSIX_SPAWN_SETSIGMASK)
                | Int16(POSIX_SPAWN_SETSIGDEF))

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe _ = posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        // First what is given, which might itself be at one of the standard places, then those.
        for (ours, its) in descriptors {
            unsafe _ = posix_spawn_file_actions_adddup2(&actions, ours, its)
        }
        for number in CInt(0)...2 where !descriptors.contains(where: { $0.its == number }) {
            unsafe _ = posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
        }

        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe ([name] + words).map {
            unsafe strdup($0)
        }
        unsafe arguments.append(nil)
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [
            strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil,
        ]
        defer { unsafe environment.forEach { unsafe free($0) } }
        let code = unsafe posix_spawn(
            &pid, program, &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw KernelError("start", program, code: code) }
        return pid
    }
}
