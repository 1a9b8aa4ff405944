import Glibc
import Model

/// The PID namespace whose processes `/proc` shows.
package enum ProcessNamespace {
    /// That of the one the kernel booted with is fixed (`include/uapi/linux/nsfs.h:PID_NS_INIT_INO`; since Linux 3.8).
    private static let initial: UInt64 = 0xEFFF_FFFC

    /// Whether it is the one that the kernel booted with: in a container it is not; nil where that could not be told.
    ///
    /// Process 1 lives in the namespace that `/proc` was mounted for. Its link takes rights; the caller's own does not.
    static func isInitial(root: Root) -> Bool? {
        for process in ["1", "self"] {
            if let text = try? root.target(of: "/proc/\(process)/ns/pid") {
                return text == "pid:[\(initial)]"
            }
        }
        return nil
    }

    /// Names the caller's own: its inode, and when its process 1 started, since an inode is given out again; nil where that could
    /// not be read.
    package static var name: String? {
        guard let link = try? Root.host.target(of: "/proc/self/ns/pid"),
            let first = ProcessIdentity(pid: 1)
        else { return nil }
        return "\(link.filter(\.isNumber))-\(first.started)"
    }
}
