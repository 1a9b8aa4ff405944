import Glibc

/// A file of the user's that is read whole.
package enum InputFile {
    /// Reads it, up to a limit: a file beyond is refused rather than cut short.
    package static func read(_ path: String, limit: Int) throws(KernelError) -> [UInt8] {
        let file = try FileDescriptor.open(path)
        var status = stat()
        _ = try systemCall("look at", path) { unsafe fstat(file.number, &status) }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw KernelError("read", path, code: EISDIR)
        }
        guard status.st_size <= limit else { throw KernelError("read", path, code: EFBIG) }
        let bytes = try file.readToEnd(first: max(65536, Int(status.st_size) + 1), subject: path)
        guard bytes.count <= limit else { throw KernelError("read", path, code: EFBIG) }
        return bytes
    }
}
