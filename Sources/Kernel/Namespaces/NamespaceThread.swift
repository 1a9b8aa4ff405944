import CNetlink
import Glibc

/// A thread of its own that enters a network namespace, works there and ends.
///
/// A namespace belongs to a thread (setns(2)); the calling thread stays where it is, so nothing can be left behind in the
/// wrong namespace, whatever fails.
package enum NamespaceThread {
    /// Runs the body in the namespace that `path` leads to, and waits for it.
    ///
    /// - Throws: EPERM without CAP_SYS_ADMIN, also for a namespace that this user's own user namespace made.
    package static func run<Result: Sendable>(
        inside path: String, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        try SystemThread.start { () throws(KernelError) in
            try enter(path)
            return try body()
        }.join()
    }

    private static func enter(_ path: String) throws(KernelError) {
        do throws(KernelError) {
            let file = try FileDescriptor.open(path)
            let descriptor = file.number
            _ = try systemCall("enter network namespace", path) {
                tcptune_setns(descriptor, CInt(TCPTUNE_CLONE_NEWNET))
            }
        } catch {
            var error = error
            if error.isDenied { error.detail = "run as root (CAP_SYS_ADMIN)" }
            if error.code == EINVAL { error.detail = "it is not a network namespace" }
            throw error
        }
    }
}
