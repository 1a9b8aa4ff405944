import CNetlink
import Glibc

/// A file that decides what root does to the host: read only where nobody else can have written it.
package enum TrustedFile {
    /// Why a file is not taken.
    package enum Refusal: Error, Sendable {
        /// It is not there, or cannot be read, or is too long (EFBIG).
        case unreadable(KernelError)
        /// It could be read and is not to be trusted: what is wrong, and what to do.
        case untrusted(String)
    }

    /// Reads it whole.
    ///
    /// It must be a regular file, itself no symbolic link. Where root asks, it must belong to root, to whoever called
    /// root (sudo) or to the owner of the program; nobody else may write it, and no directory above it may be written by
    /// all, unless it is sticky.
    ///
    /// - Parameter limit: bytes; a longer file is refused with EFBIG.
    package static func read(_ path: String, limit: Int) throws(Refusal) -> [UInt8] {
        let (folder, name) = parted(path)
        guard !name.isEmpty else { throw .untrusted("\(path) is not a regular file") }
        do throws(KernelError) {
            // What is looked at is what was opened: nobody can put another file there in between.
            let directory = try FileDescriptor.open(
                folder, flags: CInt(TCPTUNE_O_PATH) | O_DIRECTORY)
            let file = try open(name, in: directory, path)
            var status = stat()
            _ = try systemCall("look at", path) { unsafe fstat(file.number, &status) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                try distrust("\(path) is not a regular file")
            }
            if geteuid() == 0 {
                if let reason = try reason(against: status, of: path) {
                    try distrust(reason)
                }
                if try isBelowOpenDirectory(directory) {
                    try distrust(
                        "everybody may write to a directory above \(path); move it to /etc/tcptune/profiles"
                    )
                }
            }
            guard status.st_size <= limit else { throw KernelError("read", path, code: EFBIG) }
            return try file.readToEnd(first: Int(status.st_size) + 1, limit: limit, subject: path)
        } catch {
            throw error.code == untrusted
                ? .untrusted(error.detail ?? error.description) : .unreadable(error)
        }
    }

    private static func open(
        _ name: String, in directory: borrowing FileDescriptor, _ path: String
    ) throws(KernelError) -> FileDescriptor {
        do throws(KernelError) {
            return try directory.open(name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            if error.code == ELOOP { try distrust("\(path) is a symbolic link") }
            throw KernelError("open", path, code: error.code)
        }
    }

    /// A code that no system call has: it carries a refusal through.
    private static let untrusted: CInt = -1

    private static func distrust(_ reason: String) throws(KernelError) -> Never {
        throw KernelError("trust", "", code: untrusted, detail: reason)
    }

    private static func reason(
        against status: stat, of path: String
    ) throws(KernelError) -> String? {
        if !trustedOwners.contains(status.st_uid) {
            return "\(path) belongs to user \(status.st_uid); only root or you may own it: "
                + "chown root \(path)"
        }
        if status.st_mode & (S_IWGRP | S_IWOTH) != 0 {
            return "users other than its owner may write \(path): chmod go-w \(path)"
        }
        return nil
    }

    /// Root, whoever called root, and whoever could do without a profile.
    ///
    /// The owner of the program can make it do anything; so can that of `/`, which in a user namespace is how the host's
    /// root shows.
    private static var trustedOwners: Set<uid_t> {
        var owners: Set<uid_t> = [0, geteuid()]
        if let caller = Environment["SUDO_UID"].flatMap({ uid_t($0) }) { owners.insert(caller) }
        for path in ["/", "/proc/self/exe"] {
            var status = stat()
            if unsafe stat(path, &status) == 0 { owners.insert(status.st_uid) }
        }
        return owners
    }

    /// Goes up from the directory itself, by `..`, so that no link on the way matters.
    private static func isBelowOpenDirectory(
        _ directory: borrowing FileDescriptor, child: stat? = nil
    ) throws(KernelError) -> Bool {
        let number = directory.number
        var status = stat()
        _ = try systemCall("look at", "a directory") { unsafe fstat(number, &status) }
        if status.st_mode & S_IWOTH != 0, status.st_mode & S_ISVTX == 0 { return true }
        // The top is its own parent.
        if let child, child.st_ino == status.st_ino, child.st_dev == status.st_dev { return false }
        let above = try directory.open("..", flags: CInt(TCPTUNE_O_PATH) | O_DIRECTORY)
        return try isBelowOpenDirectory(above, child: status)
    }

    /// The directory and the name in it.
    static func parted(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return (".", path) }
        let folder = String(path[..<slash])
        return (folder.isEmpty ? "/" : folder, String(path[path.utf8.index(after: slash)...]))
    }
}
