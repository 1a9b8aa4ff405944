import CNetlink
import Glibc

/// A directory whose files are replaced whole and outlive a crash: each is the old one or the new one.
///
/// Whoever else may write to it could put a link or a pipe in a file's place; such a directory and such files are
/// refused.
package struct StateDirectory: ~Copyable {
    private let descriptor: FileDescriptor
    package let path: String

    private init(descriptor: consuming FileDescriptor, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// The errno of what somebody else may have made.
    package static let distrust = EPERM

    /// Who may look into it.
    package enum Privacy: Sendable {
        /// Its owner alone: 0700.
        case owner
        /// Everybody, as `/etc/sysctl.d`.
        case everybody
    }

    /// Opens it; nil where it is not there.
    ///
    /// - Throws: ELOOP or ENOTDIR for a link and for what is no directory; EPERM where somebody else owns it or may write to
    ///   it.
    package static func open(
        _ path: String, _ privacy: Privacy
    ) throws(KernelError) -> StateDirectory? {
        do throws(KernelError) {
            let directory = try FileDescriptor.open(
                path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            return try checked(directory, path, privacy)
        } catch {
            if error.code == ENOENT { return nil }
            guard error.code == ENOTDIR || error.code == ELOOP, isLink(path) else { throw error }
            // With O_DIRECTORY the kernel says that a link is no directory.
            throw KernelError("open", path, code: ELOOP, detail: linkAdvice)
        }
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static let linkAdvice =
        "it is a symbolic link; check its target, then remove it"

    /// Opens it, and makes it where it is not there; its parent must be.
    package static func make(
        _ path: String, _ privacy: Privacy
    ) throws(KernelError) -> StateDirectory {
        if let there = try open(path, privacy) { return there }
        let mode: mode_t = privacy == .owner ? 0o700 : 0o755
        do throws(KernelError) {
            _ = try systemCall("make", path) {
                unsafe mkdir(path, mode)
            }
            // Whatever the umask left of it.
            let made = try FileDescriptor.open(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            _ = try systemCall("set the mode of", path) { fchmod(made.number, mode) }
        } catch {
            // Another command made it meanwhile.
            guard error.code == EEXIST else { throw error }
        }
        // Its name must outlive a crash like what is in it.
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try synchronize(
            try FileDescriptor.open("/" + parent, flags: DirectoryFlags.open), "/" + parent)
        guard let made = try open(path, privacy) else {
            throw KernelError("open", path, code: ENOENT)
        }
        return made
    }

    private static func checked(
        _ directory: consuming FileDescriptor, _ path: String, _ privacy: Privacy
    ) throws(KernelError) -> StateDirectory {
        var status = stat()
        _ = try systemCall("look at", path) { unsafe fstat(directory.number, &status) }
        guard isOurs(status) else {
            throw KernelError(
                "use", path, code: distrust,
                detail: "it belongs to user \(status.st_uid); only you may own it")
        }
        let refused: mode_t = privacy == .owner ? 0o077 : 0o022
        // In a sticky directory nobody takes another's file away.
        let isSafe = privacy == .everybody && status.st_mode & S_ISVTX != 0
        guard isSafe || status.st_mode & refused == 0 else {
            throw KernelError(
                "use", path, code: distrust,
                detail: "others may \(privacy == .owner ? "look into" : "write to") it; chmod "
                    + (privacy == .owner ? "0700" : "0755") + " it and check what is in it")
        }
        return StateDirectory(descriptor: directory, path: path)
    }

    /// Whether nobody can have made it but us, or root, who need not.
    private static func isOurs(_ status: stat) -> Bool {
        status.st_uid == geteuid() || status.st_uid == 0
    }

    /// The bytes of a file, nil where it is not there.
    ///
    /// - Throws: ELOOP for a link, EINVAL for what is no regular file, EPERM for a file of somebody else's or one that others may
    ///   write, EFBIG beyond the limit.
    package func read(_ name: String, limit: Int) throws(KernelError) -> [UInt8]? {
        let subject = place(name)
        guard let file = try openForReading(name, subject) else { return nil }
        var status = stat()
        _ = try systemCall("look at", subject) { unsafe fstat(file.number, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw KernelError(
                "read", subject, code: Self.distrust, detail: "it is not a regular file")
        }
        guard Self.isOurs(status), status.st_mode & 0o022 == 0 else {
            throw KernelError(
                "trust", subject, code: Self.distrust,
                detail:
                    "it belongs to user \(status.st_uid), mode \(String(status.st_mode & 0o7777, radix: 8))"
            )
        }
        guard status.st_size <= limit else {
            throw KernelError("read", subject, code: EFBIG)
        }
        return try file.readToEnd(first: Int(status.st_size) + 1, limit: limit, subject: subject)
    }

    private func openForReading(
        _ name: String, _ subject: String
    ) throws(KernelError) -> FileDescriptor? {
        do throws(KernelError) {
            return try descriptor.open(name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            if error.code == ENOENT { return nil }
            throw named(error, subject)
        }
    }

    /// The mode bits of a file, nil where it is not there.
    package func mode(of name: String) throws(KernelError) -> UInt32? {
        var status = stat()
        do throws(KernelError) {
            _ = try systemCall("look at", place(name)) {
                unsafe fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW)
            }
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
        return status.st_mode & 0o7777
    }

    /// Puts a file in place of the one of that name; when it returns, that is on the disk.
    ///
    /// A failed fsync(2) is final: the kernel marks the pages clean, and a second one would say that all is well.
    package func replace(
        _ name: String, with bytes: [UInt8], mode: UInt32
    ) throws(KernelError) {
        let draft = Self.draft(of: name)
        let subject = place(name)
        try dropDraft(of: name)
        let number = descriptor.number
        do throws(KernelError) {
            let file = FileDescriptor(
                owning: try systemCall("create", subject) {
                    unsafe openat(
                        number, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
                })
            try Output(descriptor: file.number, name: subject).write(bytes)
            _ = try systemCall("set the mode of", subject) { fchmod(file.number, mode) }
            _ = try systemCall("write to", subject) { fsync(file.number) }
            _ = try systemCall("rename to", subject) {
                unsafe renameat(number, draft, number, name)
            }
        } catch {
            unsafe _ = unlinkat(number, draft, 0)
            throw error
        }
        try synchronize()
    }

    /// Removes what a replacement that was broken off left behind.
    package func dropDraft(of name: String) throws(KernelError) {
        try unlink(Self.draft(of: name), of: place(name))
    }

    /// Removes all of them.
    package func dropDrafts() throws(KernelError) {
        for name in try names() where name.hasPrefix(".") && name.hasSuffix(".new") {
            try unlink(name, of: place(name))
        }
    }

    /// Takes a file away; when it returns, that is on the disk.
    ///
    /// One that is not there is no error.
    package func remove(_ name: String) throws(KernelError) {
        try unlink(name, of: place(name))
        try synchronize()
    }

    /// Gives a file another name in this directory or another; when it returns, that is on the disk.
    package func move(
        _ name: String, to other: borrowing StateDirectory, as newName: String
    ) throws(KernelError) {
        let from = descriptor.number
        let to = other.descriptor.number
        _ = try systemCall("rename", place(name)) { unsafe renameat(from, name, to, newName) }
        try other.synchronize()
        if to != from { try synchronize() }
    }

    package func move(_ name: String, to newName: String) throws(KernelError) {
        let number = descriptor.number
        _ = try systemCall("rename", place(name)) { unsafe renameat(number, name, number, newName) }
        try synchronize()
    }

    /// The names in it, sorted byte by byte.
    package func names() throws(KernelError) -> [String] {
        try Root(path: path).names(in: "").sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Takes the lock of that name.
    package func lock(_ name: String) throws(KernelError) -> FileLock.Attempt {
        try FileLock.attempt(in: descriptor, name, subject: place(name))
    }

    /// Makes a thing that watches it.
    package func watch() throws(KernelError) -> DirectoryWatch { try DirectoryWatch.open(path) }

    package func place(_ name: String) -> String { "\(path)/\(name)" }

    private func synchronize() throws(KernelError) { try Self.synchronize(descriptor, path) }

    private static func synchronize(
        _ directory: borrowing FileDescriptor, _ path: String
    ) throws(KernelError) {
        let number = directory.number
        _ = try systemCall("write to", path) { fsync(number) }
    }

    private func unlink(_ name: String, of subject: String) throws(KernelError) {
        let number = descriptor.number
        do throws(KernelError) {
            _ = try systemCall("remove", subject) { unsafe unlinkat(number, name, 0) }
        } catch {
            // On a file system that is read-only, what is not there is refused all the same.
            if error.code == EROFS, try mode(of: name) == nil { return }
            guard error.code == ENOENT else { throw error }
        }
    }

    /// The name under which a file is written; it begins with a dot and does not end in `.conf`, so nobody reads it.
    private static func draft(of name: String) -> String { ".\(name).new" }

    private func named(_ error: KernelError, _ subject: String) -> KernelError {
        var error = error
        error.subject = subject
        if error.code == ELOOP {
            error.detail = Self.linkAdvice
        }
        return error
    }
}
