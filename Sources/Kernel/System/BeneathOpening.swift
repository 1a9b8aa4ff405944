import CNetlink
import Glibc

/// openat2(2), which opens files beneath a directory: since Linux 5.6, and refused by some filters of system calls, each with
/// an error of its own.
enum BeneathOpening {
    /// Tried once, of what is always there: only that tells a call that is refused from a file that is.
    static let isPossible: Bool = {
        let number = unsafe tcptune_openat2(
            AT_FDCWD, "/", UInt64(CInt(TCPTUNE_O_PATH) | O_CLOEXEC), 0)
        if number >= 0 { close(number) }
        return number >= 0
    }()
}
