import Glibc

/// The only right to work in a directory; given up when its owner goes, however it goes.
package struct FileLock: ~Copyable {
    private let file: FileDescriptor

    private init(file: consuming FileDescriptor) { self.file = file }

    package enum Attempt: ~Copyable {
        case taken(FileLock)
        /// Another process has it; nil where it has not said its number yet.
        case busy(holder: Int32?)
    }

    static func attempt(
        in directory: borrowing FileDescriptor, _ name: String, subject: String
    ) throws(KernelError) -> Attempt {
        // Who takes it is about to write: a file beyond RLIMIT_FSIZE is to be an error then (EFBIG), not the end.
        _ = signal(SIGXFSZ, SIG_IGN)
        let file = try open(in: directory, name, subject: subject)
        let kind = try file.kind(subject)
        guard kind == S_IFREG else {
            throw KernelError("lock", subject, code: EINVAL, detail: "it is not a regular file")
        }
        do throws(KernelError) {
            _ = try systemCall("lock", subject) { flock(file.number, LOCK_EX | LOCK_NB) }
        } catch {
            guard error.code == EWOULDBLOCK else { throw error }
            let text = try file.readToEnd(first: 32, limit: 1 << 10, subject: subject)
            let digits = text.prefix { $0 != 0x0A }
            return .busy(holder: Int32(String(decoding: digits, as: UTF8.self)))
        }
        // For whoever comes meanwhile; the lock itself does not depend on it, nor on being able to write.
        _ = ftruncate(file.number, 0)
        try? Output(descriptor: file.number, name: subject).write("\(getpid())\n")
        _ = fchmod(file.number, 0o600)
        return .taken(FileLock(file: file))
    }

    /// Opens the file, and makes it; for reading alone where nothing may be written to it: flock(2) asks for no more.
    private static func open(
        in directory: borrowing FileDescriptor, _ name: String, subject: String
    ) throws(KernelError) -> FileDescriptor {
        let number = directory.number
        let flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        do throws(KernelError) {
            return FileDescriptor(
                owning: try systemCall("open", subject) {
                    unsafe openat(number, name, O_RDWR | O_CREAT | flags, 0o600)
                })
        } catch let first {
            guard [EROFS, ENOSPC, EDQUOT].contains(first.code) else { throw first }
            do throws(KernelError) {
                return FileDescriptor(
                    owning: try systemCall("open", subject) {
                        unsafe openat(number, name, O_RDONLY | flags)
                    })
            } catch { throw error.isAbsent ? first : error }
        }
    }
}
