import CNetlink
import Glibc
package import Model

/// Whether a key could be written, as far as its file tells without being written.
package enum SysctlAccess: Sendable, Hashable {
    case writable
    /// Mode 0444: not even root can, in this namespace.
    case readOnlyFile
    /// `/proc/sys` is mounted read-only.
    case readOnlyMount
    /// More rights would help.
    case denied
    case absent

    /// Looks at the key in the namespace of the calling thread.
    package static func of(_ key: SysctlKey) -> SysctlAccess {
        var status = stat()
        let path = key.file
        guard unsafe stat(path, &status) == 0 else { return .absent }
        guard status.st_mode & 0o222 != 0 else { return .readOnlyFile }
        if unsafe access(path, W_OK) == 0 { return .writable }
        return errno == EROFS ? .readOnlyMount : .denied
    }
}
