import CNetlink
import Glibc

/// An open file that is closed when its owner goes.
@safe
package struct FileDescriptor: ~Copyable {
    package let number: CInt

    /// Takes over a descriptor that is open.
    package init(owning number: CInt) { self.number = number }

    /// Opens a file for reading; never kept over exec.
    package static func open(
        _ path: String, flags: CInt = O_RDONLY
    ) throws(KernelError) -> FileDescriptor {
        FileDescriptor(
            owning: try systemCall("open", path) {
                unsafe Glibc.open(path, flags | O_CLOEXEC)
            })
    }

    /// Opens a file beneath a directory that is open.
    func open(_ name: String, flags: CInt = O_RDONLY) throws(KernelError) -> FileDescriptor {
        FileDescriptor(
            owning: try systemCall("open", name) {
                unsafe openat(number, name, flags | O_CLOEXEC)
            })
    }

    /// Refuses what is no regular file.
    func refuseUnlessRegular(_ subject: String) throws(KernelError) {
        let kind = try kind(subject)
        guard kind == S_IFREG else {
            throw kind == S_IFDIR
                ? KernelError("read", subject, code: EISDIR)
                : KernelError("read", subject, code: EINVAL, detail: "it is not a regular file")
        }
    }

    /// The kind of file that it is, such as `S_IFREG`.
    func kind(_ subject: String) throws(KernelError) -> mode_t {
        var status = stat()
        _ = try systemCall("look at", subject) { unsafe fstat(number, &status) }
        return status.st_mode & S_IFMT
    }

    /// All bytes up to the end of the file; `/proc` tells no size beforehand.
    ///
    /// - Parameter first: how many bytes to ask for at first. Some files of /proc/sys give only what fits the
    ///   first read (`ip_local_reserved_ports`: up to 400 KiB).
    /// - Throws: EFBIG where the file goes on beyond the limit, in bytes.
    func readToEnd(
        first: Int, limit: Int = 64 << 20, subject: String
    ) throws(KernelError) -> [UInt8] {
        var bytes = try readOnce(room: max(first, 1), subject: subject)
        var room = max(first, 1)
        while true {
            guard bytes.count <= limit else { throw KernelError("read", subject, code: EFBIG) }
            if bytes.count == room { room *= 2 }
            let more = try readOnce(room: room - bytes.count, subject: subject)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    deinit { close(number) }
}
