import CNetlink
import Glibc

extension FileDescriptor {
    /// The terminal that a descriptor of the caller's leads to, opened again so that nobody has to wait for it.
    ///
    /// To set O_NONBLOCK on the descriptor itself would set it for the shell as well, which shares it. Where it may not be
    /// opened, as behind su(1), it is a copy, and a stuck terminal holds the program up.
    static func terminal(_ number: CInt, flags: CInt) throws(KernelError) -> FileDescriptor {
        let again = unsafe Glibc.open(
            "/proc/self/fd/\(number)", flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        if again >= 0 { return FileDescriptor(owning: again) }
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw KernelError("open", "the terminal", code: errno) }
        return FileDescriptor(owning: copy)
    }
}
