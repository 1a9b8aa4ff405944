import CNetlink
import Glibc

/// A network namespace that nobody else sees, and that goes with the thread that made it.
package enum ThrowawayNamespace {
    /// Runs the body on a thread of its own in a new network namespace, and waits for it.
    ///
    /// - Throws: EPERM without CAP_SYS_ADMIN.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        try SystemThread.start { () throws(KernelError) in
            _ = try systemCall("make", "a network namespace") {
                tcptune_unshare(CInt(TCPTUNE_CLONE_NEWNET))
            }
            return try body()
        }.join()
    }
}
