import Glibc

/// What to do where the kernel refuses a look at another process (ptrace(2), "Ptrace access mode checking").
///
/// `/proc/PID/fd` is a directory of its owner's with mode 0500: to list it takes CAP_DAC_READ_SEARCH, and to read the
/// links in it CAP_SYS_PTRACE (`fs/proc/fd.c:proc_fd_permission`, `fs/proc/base.c:proc_fd_access_allowed`).
enum MissingRights {
    static var remedy: String {
        geteuid() == 0
            ? "even root may not read it: CAP_SYS_PTRACE or CAP_DAC_READ_SEARCH is missing, or a security module protects it"
            : "run as root (CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH)"
    }
}
