import Glibc

/// A file of the user's that is read whole.
package enum InputFile {
    /// Reads it, up to a limit: a file beyond is refused rather than cut short.
    package static func read(_ path: String, limit: Int) throws(KernelError) -> [UInt8] {
        let file = try FileDescriptor.open(path)
        switch try file.kind(path) {
        case S_IFREG, S_IFIFO: break
        case S_IFDIR: throw KernelError("read", path, code: EISDIR)
        default:
            throw KernelError("read", path, code: EINVAL, detail: "it is neither a file nor a pipe")
        }
        return try file.readToEnd(first: 65536, limit: limit, subject: path)
    }
}
