import CNetlink
import Glibc
import Kernel

/// A user namespace of this process's own, in which it may make network namespaces without being root.
enum UserNamespace {
    /// Enters one, as the user that the process is.
    ///
    /// - Throws: EINVAL where the process has more than one thread (unshare(2)), EPERM or ENOSPC where it is not allowed.
    static func enterOwn() throws(KernelError) {
        let (user, group) = (geteuid(), getegid())
        do throws(KernelError) {
            _ = try systemCall("make", "a user namespace") {
                tcptune_unshare(CInt(TCPTUNE_CLONE_NEWUSER))
            }
        } catch {
            var error = error
            error.detail =
                "run as root, or allow user namespaces (sysctl user.max_user_namespaces, "
                + "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)"
            throw error
        }
        // user_namespaces(7): without it gid_map may not be written by one who is not root.
        try write("deny", to: "/proc/self/setgroups")
        try write("\(user) \(user) 1", to: "/proc/self/uid_map")
        try write("\(group) \(group) 1", to: "/proc/self/gid_map")
    }

    private static func write(_ text: String, to path: String) throws(KernelError) {
        let file = try FileDescriptor.open(path, flags: O_WRONLY)
        let bytes = Array(text.utf8)
        _ = try systemCall("write", path) {
            unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(file.number, $0.baseAddress, $0.count)
            }
        }
    }
}
