import CNetlink
import Glibc

/// A file that others read while it is replaced again and again: they find the old one or the new one, whole.
///
/// What is in it is of this moment and is not made durable: fsync(2) each few seconds would wear out a disk.
package enum PublishedFile {
    /// Writes it aside in the same directory, for everybody to read (0644), and renames it into place.
    ///
    /// A draft that was left behind by a process that was killed is written over; it begins with a dot, so that a reader of
    /// `*.prom` passes it by.
    package static func replace(_ path: String, with bytes: [UInt8]) throws(KernelError) {
        let (folder, name) = TrustedFile.parted(path)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw KernelError("write", path, code: path.isEmpty ? ENOENT : EISDIR)
        }
        let directory = try FileDescriptor.open(
            folder, flags: CInt(TCPTUNE_O_PATH) | O_DIRECTORY)
        let draft = ".\(name).new"
        let number = directory.number
        unsafe _ = unlinkat(number, draft, 0)
        do throws(KernelError) {
            let file = FileDescriptor(
                owning: try systemCall("write", path) {
                    unsafe openat(
                        number, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
                })
            try Output(descriptor: file.number, name: path).write(bytes)
            _ = try systemCall("set the mode of", path) { fchmod(file.number, 0o644) }
            _ = try systemCall("rename to", path) { unsafe renameat(number, draft, number, name) }
        } catch {
            unsafe _ = unlinkat(number, draft, 0)
            throw error
        }
    }
}
