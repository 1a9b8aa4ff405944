import Glibc

/// A file that a result goes to: tried before the work, in place only when all of it is written.
///
/// The bytes go to a file beside it that takes its name at the end, so a reader finds the old result or the new one,
/// and work that is broken off leaves nothing behind. No symbolic link is followed. What is there and is no regular
/// file, a device or a pipe, is written to directly.
package final class OutputFile: Sendable {
    private let path: String
    /// What is there and is no regular file, kept open; nil where a file is to be made.
    private let device: FileDescriptor?
    private let deviceNumber: CInt?

    private init(path: String) {
        self.path = path
        device = nil
        deviceNumber = nil
    }

    private init(path: String, device: consuming FileDescriptor) {
        self.path = path
        deviceNumber = device.number
        self.device = consume device
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
                return OutputFile(
                    path: path,
                    device: try FileDescriptor.open(path, flags: O_WRONLY | O_NOFOLLOW))
            }
        }
        // Made and taken away again: the directory lets itself be written to.
        _ = try temporary(beside: path)
        unsafe _ = unlink(temporaryName(beside: path))
        return OutputFile(path: path)
    }

    private static func temporaryName(beside path: String) -> String { "\(path).\(getpid()).tmp" }

    private static func temporary(beside path: String) throws(KernelError) -> FileDescriptor {
        let name = temporaryName(beside: path)
        return FileDescriptor(
            owning: try systemCall("create", path) {
                unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
            })
    }

    /// Writes the whole result and puts the file in its place.
    package func finish(_ bytes: [UInt8]) throws(KernelError) {
        if let deviceNumber {
            try Output(descriptor: deviceNumber, name: path).write(bytes)
            return
        }
        let file = try Self.temporary(beside: path)
        let name = Self.temporaryName(beside: path)
        do throws(KernelError) {
            try Output(descriptor: file.number, name: path).write(bytes)
            _ = try systemCall("write to", path) { fsync(file.number) }
            _ = try systemCall("rename to", path) { unsafe rename(name, path) }
        } catch {
            unsafe _ = unlink(name)
            throw error
        }
    }
}
