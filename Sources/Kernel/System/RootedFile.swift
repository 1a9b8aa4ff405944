import CNetlink
import Glibc

/// Opens the files of a captured tree: whatever links it holds, none leads out of it.
///
/// openat2(2) with RESOLVE_IN_ROOT, since Linux 5.6: the top of the tree is `/` for links, and `..` ends there.
enum RootedFile {
    /// O_PATH: for what is only looked at.
    static let pathOnly = CInt(TCPTUNE_O_PATH)

    /// A rename beside a `..` makes the kernel ask for another try (EAGAIN).
    private static let tries = 16

    static func open(
        _ name: String, flags: CInt, under root: Root
    ) throws(KernelError) -> FileDescriptor {
        BeneathOpening.isPossible
            ? try openInRoot(name, flags: flags, under: root)
            : try openByName(name, flags: flags, under: root)
    }

    private static func openInRoot(
        _ name: String, flags: CInt, under root: Root
    ) throws(KernelError) -> FileDescriptor {
        let top = try FileDescriptor.open(
            root.path, flags: pathOnly | O_DIRECTORY)
        let number = top.number
        let inside = name.isEmpty ? "." : name
        var left = tries
        while true {
            do throws(KernelError) {
                return FileDescriptor(
                    owning: try systemCall("open", root.path + name) {
                        unsafe tcptune_openat2(
                            number, inside, UInt64(flags | O_CLOEXEC), UInt64(RESOLVE_IN_ROOT))
                    })
            } catch {
                left -= 1
                guard error.code == EAGAIN, left > 0 else { throw error }
            }
        }
    }

    /// The same without openat2(2): links are followed here, and none where the file is opened.
    static func openByName(
        _ name: String, flags: CInt, under root: Root
    ) throws(KernelError) -> FileDescriptor {
        let followsLast = flags & O_NOFOLLOW == 0
        guard let path = RootedLink.resolve(name, followsLast: followsLast, under: root) else {
            throw KernelError("open", root.path + name, code: ELOOP)
        }
        return try FileDescriptor.open(root.path + path, flags: flags | O_NOFOLLOW)
    }
}
