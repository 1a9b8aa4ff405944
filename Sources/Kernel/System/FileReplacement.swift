import CNetlink
import Glibc
import Text

/// A regular file that is written aside and takes its name when it is whole.
///
/// The bytes go to a file without a name (O_TMPFILE), so that work that is broken off leaves nothing behind; where the file
/// system has no such files, to one beside it. What stands there keeps its owner and its mode; a new file that root makes is
/// for root alone.
struct FileReplacement: ~Copyable, Sendable {
    private let path: String
    private let name: String
    private let directory: FileDescriptor
    /// The file that stands there, open for writing; nil of a new one.
    private let existing: FileDescriptor?
    /// The file without a name; nil where there can be none.
    private let unnamed: FileDescriptor?
    private let existingNumber: CInt?
    private let unnamedNumber: CInt?
    /// True where the one that stands there cannot be replaced, and is written over.
    private let writesOver: Bool

    private init(
        _ path: String, _ name: String, in directory: consuming FileDescriptor,
        existing: consuming FileDescriptor?, _ existingNumber: CInt?,
        unnamed: consuming FileDescriptor?, _ unnamedNumber: CInt?, writesOver: Bool
    ) {
        self.path = path
        self.name = name
        self.directory = directory
        self.existing = existing
        self.unnamed = unnamed
        self.existingNumber = existingNumber
        self.unnamedNumber = unnamedNumber
        self.writesOver = writesOver
    }

    /// Of a new file: for its owner alone where that is root.
    private static var mode: mode_t { geteuid() == 0 ? 0o600 : 0o644 }

    /// What is written there changes the machine: /proc, /sys and what is mounted in it (`include/uapi/linux/magic.h`).
    private static let kernelsOwn: Set<Int> = [
        0x9FA0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x27_E0EB, 0x6367_7270, 0x7363_6673,
        0xCAFE_4A11, 0xDE5E_81E4,
    ]

    // MARK: claiming

    static func new(
        _ path: String, _ name: String, in directory: consuming FileDescriptor
    ) throws(KernelError) -> FileReplacement {
        let number = unnamed(in: directory.number, mode: mode)
        if number == nil { try tryNamed(path, in: directory.number, as: nil) }
        return FileReplacement(
            path, name, in: directory, existing: nil, nil,
            unnamed: number.map { FileDescriptor(owning: $0) }, number, writesOver: false)
    }

    /// - Throws: EACCES where the caller may not write to the file, though the directory would let it be replaced.
    static func existing(
        _ path: String, _ name: String, in directory: consuming FileDescriptor
    ) throws(KernelError) -> FileReplacement {
        let opened = try open(path, name, in: directory)
        let number = opened.number
        try refuseKernelsOwn(number, path)
        var aside: CInt?
        var writesOver = false
        do throws(KernelError) {
            aside = unnamed(in: directory.number, mode: 0o600)
            if let aside {
                try give(aside, ownerAndModeOf: number, path)
            } else {
                try tryNamed(path, in: directory.number, as: number)
            }
        } catch {
            // The directory, or the owner, allows no other file in its place.
            guard [EACCES, EPERM, EROFS].contains(error.code) else {
                if let aside { close(aside) }
                throw error
            }
            writesOver = true
        }
        if writesOver, let made = aside {
            close(made)
            aside = nil
        }
        return FileReplacement(
            path, name, in: directory, existing: opened, number,
            unnamed: aside.map { FileDescriptor(owning: $0) }, aside, writesOver: writesOver)
    }

    private static func open(
        _ path: String, _ name: String, in directory: borrowing FileDescriptor
    ) throws(KernelError) -> FileDescriptor {
        let opened: FileDescriptor
        do throws(KernelError) {
            opened = try directory.open(name, flags: O_WRONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            throw KernelError("write", path, code: error.code)
        }
        guard try opened.kind(path) == S_IFREG else {
            throw KernelError("write", path, code: EINVAL, detail: "another file replaced it")
        }
        return opened
    }

    private static func refuseKernelsOwn(_ file: CInt, _ path: String) throws(KernelError) {
        let kind = try systemCall("look at", path) { tcptune_file_system(file) }
        guard kernelsOwn.contains(kind) else { return }
        throw KernelError(
            "write", path, code: EINVAL,
            detail: "it belongs to the kernel, which would take the result for a value")
    }

    /// A file without a name; nil where there is none to be had.
    ///
    /// The file system may have no such files, or a filter of system calls refuse them with any errno; what the directory itself
    /// refuses it refuses a file with a name, too.
    private static func unnamed(in directory: CInt, mode: mode_t) -> CInt? {
        let number = unsafe openat(
            directory, ".", CInt(TCPTUNE_O_TMPFILE) | O_WRONLY | O_CLOEXEC, mode)
        return number >= 0 ? number : nil
    }

    /// A file of a name that nobody can guess.
    private static func named(
        _ path: String, in directory: CInt, mode: mode_t
    ) throws(KernelError) -> (number: CInt, name: String) {
        let name = try freshName()
        let number = try systemCall("write", path) {
            unsafe openat(
                directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        }
        return (number, name)
    }

    private static func freshName() throws(KernelError) -> String {
        ".tcptune-" + (try RandomBytes.hexadecimal(count: 8))
    }

    /// Makes a file beside it and takes it away again: that it can be made is known.
    private static func tryNamed(
        _ path: String, in directory: CInt, as existing: CInt?
    ) throws(KernelError) {
        let (number, name) = try named(path, in: directory, mode: 0o600)
        defer {
            unsafe _ = unlinkat(directory, name, 0)
            close(number)
        }
        if let existing { try give(number, ownerAndModeOf: existing, path) }
    }

    /// - Throws: EPERM where the caller may not give a file to that owner.
    private static func give(
        _ file: CInt, ownerAndModeOf existing: CInt, _ path: String
    ) throws(KernelError) {
        var wanted = stat()
        var own = stat()
        _ = try systemCall("look at", path) { unsafe fstat(existing, &wanted) }
        _ = try systemCall("look at", path) { unsafe fstat(file, &own) }
        if (own.st_uid, own.st_gid) != (wanted.st_uid, wanted.st_gid) {
            _ = try systemCall("write", path) { fchown(file, wanted.st_uid, wanted.st_gid) }
        }
        _ = try systemCall("write", path) { fchmod(file, wanted.st_mode & 0o7777) }
    }

    // MARK: writing

    /// Writes the whole result, and puts it in its place.
    func finish(_ bytes: [UInt8]) throws(KernelError) {
        if writesOver { return try writeOver(bytes) }
        guard let file = unnamedNumber else { return try finishNamed(bytes) }
        try write(bytes, to: file)
        if existingNumber == nil {
            do throws(KernelError) { return try link(file, as: name) } catch {
                switch error.code {
                // Somebody has made a file of that name meanwhile: it is replaced.
                case EEXIST: break
                default: return try finishNamed(bytes)
                }
            }
        }
        let beside = try Self.freshName()
        do throws(KernelError) { try link(file, as: beside) } catch {
            return try finishNamed(bytes)
        }
        try rename(beside, bytes)
    }

    private func write(_ bytes: [UInt8], to file: CInt) throws(KernelError) {
        try Output(descriptor: file, name: path).write(bytes)
        _ = try systemCall("write to", path) { fsync(file) }
    }

    /// Gives the file without a name one (open(2), O_TMPFILE).
    private func link(_ file: CInt, as name: String) throws(KernelError) {
        let number = directory.number
        do throws(KernelError) {
            _ = try systemCall("write", path) {
                unsafe linkat(
                    AT_FDCWD, "/proc/self/fd/\(file)", number, name, AT_SYMLINK_FOLLOW)
            }
        } catch {
            guard error.code != EEXIST else { throw error }
            // Without /proc, with CAP_DAC_READ_SEARCH.
            _ = try systemCall("write", path) {
                unsafe linkat(file, "", number, name, CInt(TCPTUNE_AT_EMPTY_PATH))
            }
        }
    }

    /// By a file beside it, which has a name from the beginning.
    private func finishNamed(_ bytes: [UInt8]) throws(KernelError) {
        let (file, beside) = try Self.named(
            path, in: directory.number, mode: existingNumber == nil ? Self.mode : 0o600)
        defer { close(file) }
        do throws(KernelError) {
            if let existingNumber {
                try Self.give(file, ownerAndModeOf: existingNumber, path)
            }
            try write(bytes, to: file)
        } catch {
            unsafe _ = unlinkat(directory.number, beside, 0)
            throw error
        }
        try rename(beside, bytes)
    }

    private func rename(_ beside: String, _ bytes: [UInt8]) throws(KernelError) {
        let number = directory.number
        do throws(KernelError) {
            _ = try systemCall("write", path) {
                unsafe renameat(number, beside, number, name)
            }
        } catch {
            unsafe _ = unlinkat(number, beside, 0)
            // Something is mounted on it, as a container's volume of one file is.
            guard error.code == EBUSY || error.code == EXDEV, existingNumber != nil else {
                throw error
            }
            try writeOver(bytes)
        }
    }

    /// Writes over what stands there, which keeps all that it is but its bytes.
    private func writeOver(_ bytes: [UInt8]) throws(KernelError) {
        guard let existingNumber else { throw KernelError("write", path, code: EACCES) }
        _ = try systemCall("write to", path) { lseek(existingNumber, 0, SEEK_SET) }
        try Output(descriptor: existingNumber, name: path).write(bytes)
        _ = try systemCall("write to", path) { ftruncate(existingNumber, off_t(bytes.count)) }
        _ = try systemCall("write to", path) { fsync(existingNumber) }
    }
}
