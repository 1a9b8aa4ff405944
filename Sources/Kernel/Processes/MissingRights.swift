import Glibc

/// What to do where the kernel refuses a look at another process (ptrace(2), "Ptrace access mode checking").
enum MissingRights {
    static var remedy: String {
        geteuid() == 0
            ? "refused even to root: CAP_SYS_PTRACE is missing, or a security module protects it"
            : "run as root (CAP_SYS_PTRACE)"
    }
}
