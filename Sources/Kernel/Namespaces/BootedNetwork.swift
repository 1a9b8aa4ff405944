import CNetlink
import Glibc

/// The network namespace that the files of boot are read for.
package enum BootedNetwork {
    /// True where a file in `directory` would set, at the next boot, the settings of another network than this thread's.
    ///
    /// `ip netns exec` and `nsenter -n` enter a network and leave the files as they are: those of process 1, which has the network
    /// that boot sets up. False where that cannot be told, and for a container, whose process 1 shares both or neither.
    package static func isAnother(by directory: String) -> Bool {
        guard let own = Container.status("/proc/thread-self/ns/net"),
            let first = Container.status("/proc/1/ns/net"), first.st_ino != own.st_ino
        else { return false }
        return (Container.isShared(directory) ?? Container.isShared("/etc")) == true
    }
}
