import Glibc

/// A file that a result goes to: claimed before the work, in place only when all of it is written.
///
/// The bytes go to a file beside it that takes its name at the end, so a reader finds the old result or the new one.
/// No symbolic link is followed. What is there and is no regular file, a device or a pipe, is written to directly.
package final class OutputFile: Sendable {
    private let path: String
    /// The file that takes the name; nil where the bytes go to the path itself.
    private let temporary: String?
    private let file: FileDescriptor

    private init(path: String, temporary: String?, file: consuming FileDescriptor) {
        self.path = path
        self.temporary = temporary
        self.file = file
    }

    /// Claims the path: what cannot be written is known before the work is done.
    package static func claim(_ path: String) throws(KernelError) -> OutputFile {
        var status = stat()
        if unsafe lstat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFLNK:
                throw KernelError("write", path, code: ELOOP, detail: "name the file it points to")
            case S_IFDIR: throw KernelError("write", path, code: EISDIR)
            default:
                let file = try FileDescriptor.open(path, flags: O_WRONLY | O_NOFOLLOW)
                return OutputFile(path: path, temporary: nil, file: file)
            }
        }
        let temporary = "\(path).\(getpid()).tmp"
        let number = try systemCall("create", path) {
            unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        }
        return OutputFile(path: path, temporary: temporary, file: FileDescriptor(owning: number))
    }

    /// Writes the whole result and puts the file in its place.
    package func finish(_ bytes: [UInt8]) throws(KernelError) {
        try Output(descriptor: file.number, name: path).write(bytes)
        guard let temporary else { return }
        _ = try systemCall("write to", path) { fsync(file.number) }
        _ = try systemCall("rename to", path) { unsafe rename(temporary, path) }
    }

    deinit {
        // After a finished result this name is gone already.
        if let temporary { unsafe _ = unlink(temporary) }
    }
}
