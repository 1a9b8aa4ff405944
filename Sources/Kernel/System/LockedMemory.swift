import CNetlink
import Glibc

/// Keeps the process able to act when memory is short.
package enum LockedMemory {
    /// Locks every page that is used from now on; a page that was never touched costs nothing.
    ///
    /// Not being allowed to is no error: the process is then as safe as any other.
    package static func lockWhatIsUsed() {
        // MCL_ONFAULT, since Linux 4.4.
        _ = mlockall(CInt(MCL_CURRENT) | CInt(MCL_FUTURE) | 4)
    }
}
