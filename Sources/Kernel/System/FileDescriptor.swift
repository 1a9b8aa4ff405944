import Glibc

/// An open file that is closed when its owner goes.
@safe
struct FileDescriptor: ~Copyable {
    let number: CInt

    /// Takes over a descriptor that is open.
    init(owning number: CInt) { self.number = number }

    /// Opens a file for reading; never kept over exec.
    static func open(_ path: String, flags: CInt = O_RDONLY) throws(KernelError) -> FileDescriptor {
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

    /// All bytes up to the end of the file; `/proc` tells no size beforehand.
    ///
    /// - Parameter first: how many bytes to ask for at first. Some files of /proc/sys give only what fits the
    ///   first read (`ip_local_reserved_ports`: up to 400 KiB).
    func readToEnd(first: Int, subject: String) throws(KernelError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(first, 1))
        var filled = 0
        while true {
            if filled == bytes.count { bytes += [UInt8](repeating: 0, count: filled) }
            let got = try systemCall("read", subject) {
                unsafe bytes.withUnsafeMutableBytes { buffer in
                    unsafe read(
                        number, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
                }
            }
            if got == 0 {
                bytes.removeLast(bytes.count - filled)
                return bytes
            }
            filled += got
        }
    }

    deinit { close(number) }
}
