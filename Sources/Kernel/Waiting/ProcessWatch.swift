import CNetlink
import Glibc
package import Model

/// Tells that a process has ended (pidfd_open(2), since Linux 5.3).
package final class ProcessWatch: Sendable {
    private let descriptor: FileDescriptor

    /// Watches it; nil where it has ended, or this kernel cannot watch one.
    package init?(_ process: ProcessIdentity) {
        let number = tcptune_pidfd_open(process.pid)
        guard number >= 0 else { return nil }
        descriptor = FileDescriptor(owning: number)
        // Looked at last: the number might have gone to another process just before.
        guard process.isAlive else { return nil }
    }

    /// Ready when it has ended.
    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }
}
