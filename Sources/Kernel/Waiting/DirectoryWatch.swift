import CNetlink
import Glibc

/// Tells that a file of a directory was put in place or taken away (inotify(7)).
package struct DirectoryWatch: ~Copyable {
    private let descriptor: FileDescriptor

    private init(descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    static func open(_ path: String) throws(KernelError) -> DirectoryWatch {
        let descriptor = FileDescriptor(
            owning: try systemCall("watch", path) {
                inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK))
            })
        _ = try systemCall("watch", path) {
            unsafe inotify_add_watch(
                descriptor.number, path,
                UInt32(IN_MOVED_TO) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE))
        }
        return DirectoryWatch(descriptor: descriptor)
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }

    /// Forgets what was told.
    package func clear() { descriptor.drain() }
}
