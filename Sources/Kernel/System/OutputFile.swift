import CNetlink
import Glibc

/// A file that a result goes to: tried before the work, in place only when all of it is written.
///
/// A regular file is replaced as a whole (``FileReplacement``), so that a reader finds the old result or the new one. What is
/// no regular file, a terminal, a pipe, `/dev/null`, is written to directly, and so is a descriptor of the caller's that is
/// named: `/dev/stdout`, `/dev/fd/3`.
package final class OutputFile: Sendable {
    private let path: String
    private let place: Place

    private enum Place: ~Copyable, Sendable {
        /// A device or a pipe, or a descriptor of the caller's.
        case open(FileDescriptor)
        case file(FileReplacement)
    }

    private init(_ path: String, _ place: consuming Place) {
        self.path = path
        self.place = place
    }

    /// Claims the path: what cannot be written is known before the work is done.
    package static func claim(_ path: String) throws(KernelError) -> OutputFile {
        if let number = CallersDescriptor.number(of: path) {
            return OutputFile(path, .open(try CallersDescriptor.open(number, path)))
        }
        return try claim(path, isLink: false)
    }

    private static func claim(_ path: String, isLink: Bool) throws(KernelError) -> OutputFile {
        let (folder, name) = TrustedFile.parted(path)
        guard !name.isEmpty, name != ".", name != ".." else {
            throw KernelError("write", path, code: path.isEmpty ? ENOENT : EISDIR)
        }
        let directory = try writing(path) { () throws(KernelError) in
            try FileDescriptor.open(folder, flags: CInt(TCPTUNE_O_PATH) | O_DIRECTORY)
        }
        var status = stat()
        let isThere = unsafe fstatat(directory.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        guard isThere else {
            guard errno == ENOENT else { throw KernelError("write", path, code: errno) }
            return OutputFile(
                path, .file(try FileReplacement.new(path, name, in: directory)))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return OutputFile(
                path, .file(try FileReplacement.existing(path, name, in: directory)))
        case S_IFLNK:
            let target = try target(of: path, status, isLink: isLink)
            return try claim(target, isLink: true)
        case S_IFDIR: throw KernelError("write", path, code: EISDIR)
        case S_IFSOCK: throw KernelError("write", path, code: ENXIO, detail: "it is a socket")
        case S_IFBLK:
            throw KernelError(
                "write", path, code: EINVAL,
                detail: "it is a block device, and a result would overwrite its contents")
        case let kind:
            return OutputFile(
                path, .open(try device(name, in: directory, path, isPipe: kind == S_IFIFO)))
        }
    }

    /// Where a link leads that the caller has made; of root's, and of others', none is followed.
    private static func target(
        of path: String, _ link: stat, isLink: Bool
    ) throws(KernelError) -> String {
        let target = unsafe realpath(path, nil).map { found in
            defer { unsafe free(found) }
            return unsafe String(cString: found)
        }
        guard geteuid() != 0, link.st_uid == geteuid(), !isLink, let target else {
            let name = target ?? "the file it points to"
            throw KernelError(
                "write", path, code: ELOOP, detail: "it is a symbolic link; name \(name)")
        }
        return target
    }

    /// Opens a pipe or a device; a pipe that nobody reads is refused, for nobody may ever come.
    private static func device(
        _ name: String, in directory: borrowing FileDescriptor, _ path: String, isPipe: Bool
    ) throws(KernelError) -> FileDescriptor {
        let device = try writing(path, isPipe: isPipe) { () throws(KernelError) in
            try directory.open(name, flags: O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        }
        let kind = try device.kind(path)
        guard kind == S_IFIFO || kind == S_IFCHR else {
            throw KernelError("write", path, code: EINVAL, detail: "another file replaced it")
        }
        // From here on a reader is waited for, as far as it is slow.
        _ = try systemCall("write", path) {
            fcntl(device.number, F_SETFL, fcntl(device.number, F_GETFL) & ~O_NONBLOCK)
        }
        return device
    }

    /// The same error, of the path that was named.
    private static func writing<Result: ~Copyable>(
        _ path: String, isPipe: Bool = false, _ body: () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        do throws(KernelError) { return try body() } catch {
            throw KernelError(
                "write", path, code: error.code,
                detail: isPipe && error.code == ENXIO
                    ? "no program reads from this pipe; start its reader first" : nil)
        }
    }

    /// Writes the whole result and puts the file in its place.
    package func finish(_ bytes: [UInt8]) throws(KernelError) {
        switch place {
        case .open(let file): try Output(descriptor: file.number, name: path).write(bytes)
        case .file(let replacement): try replacement.finish(bytes)
        }
    }
}

/// A descriptor that the caller of the program has opened, named as a file.
enum CallersDescriptor {
    private static let folders = ["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/"]

    /// Nil where the path names none.
    static func number(of path: String) -> CInt? {
        if path == "/dev/stdout" { return 1 }
        if path == "/dev/stderr" { return 2 }
        guard let folder = folders.first(where: path.hasPrefix) else { return nil }
        let digits = path.dropFirst(folder.utf8.count)
        return digits.utf8.allSatisfy { 48...57 ~= $0 } ? CInt(digits) : nil
    }

    /// Another descriptor of the same open file: to open the path would begin a file anew, and fails of a socket.
    static func open(_ number: CInt, _ path: String) throws(KernelError) -> FileDescriptor {
        // Not by systemCall, to which a number that is not open would be a mistake of ours.
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw KernelError("write", path, code: errno) }
        let file = FileDescriptor(owning: copy)
        guard fcntl(copy, F_GETFL) & O_ACCMODE != O_RDONLY else {
            throw KernelError("write", path, code: EBADF, detail: "it is not open for writing")
        }
        return file
    }
}
