import Glibc
package import Model

/// Reads `/proc/sys`, one read(2) a key.
///
/// https://docs.kernel.org/admin-guide/sysctl/index.html
package struct SysctlReader {
    /// What reading one key gave.
    package enum Reading: Sendable, Hashable {
        /// The kernel's text without its final newline; tabs between the numbers of a vector stay.
        case value(String)
        /// This kernel, or this namespace, has no such key.
        case absent
        /// It is there, and this user may not read it; or it is never read.
        case unreadable
    }

    private let root: Root
    private var buffer: [UInt8]
    /// Those of the running host that keys were read from: most keys are in three of them.
    private var directories: [Directory] = []

    private final class Directory {
        let path: String
        let file: FileDescriptor

        init(path: String, file: consuming FileDescriptor) {
            self.path = path
            self.file = file
        }
    }

    /// Holds what every ordinary key has: the longest vector is far below.
    private static let ordinaryRoom = 4096
    /// Holds a port bitmap with every second port set: 32768 × `65534,` is 196 KiB, as pairs still below 400 KiB.
    ///
    /// kernel/sysctl.c:proc_do_large_bitmap ends the text where the *first* read ends (measured), so it must
    /// all fit one. Asked for only where the ordinary room was filled: the kernel makes and clears as much.
    private static let bitmapRoom = 512 * 1024

    /// For one namespace: that of the thread that reads the first key.
    package init(root: Root = .host) {
        self.root = root
        buffer = [UInt8](repeating: 0, count: Self.ordinaryRoom)
    }

    /// The text of one key.
    package mutating func read(_ key: SysctlKey) -> Reading {
        if Self.isNeverRead(key) { return root.exists(key.file) ? .unreadable : .absent }
        do {
            return .value(try text(of: key))
        } catch {
            // A directory opens and fails to read: `net.ipv4` is no key.
            return error.isAbsent || error.code == EISDIR ? .absent : .unreadable
        }
    }

    private mutating func text(of key: SysctlKey) throws(KernelError) -> String {
        let path = root.path + key.file
        let file = try open(key)
        let count = try file.readOnce(into: &buffer, subject: path)
        if count == 0, !root.isHost, !Self.mayBeEmpty(key) {
            throw KernelError.emptyFile(key.file)
        }
        if count < buffer.count { return Self.withoutFinalNewline(buffer[..<count]) }
        if key.isPortList {
            // Cut short: again from its start, and all at once.
            return Self.withoutFinalNewline(
                try open(key).readOnce(room: Self.bitmapRoom, subject: path)[...])
        }
        let rest = try file.readToEnd(first: Self.ordinaryRoom, subject: path)
        return Self.withoutFinalNewline((buffer + rest)[...])
    }

    private mutating func open(_ key: SysctlKey) throws(KernelError) -> FileDescriptor {
        root.isHost ? try openBeneath(key) : try root.openRegular(key.file)
    }

    /// Opens a key beneath its directory: two thirds of what its whole path costs.
    private mutating func openBeneath(_ key: SysctlKey) throws(KernelError) -> FileDescriptor {
        let path = key.path.utf8
        guard let slash = path.lastIndex(of: 0x2F) else {
            return try FileDescriptor.open(key.file, flags: O_RDONLY | O_NONBLOCK)
        }
        let parent = String(key.path[..<slash])
        let name = String(key.path[path.index(after: slash)...])
        if let known = directories.first(where: { $0.path == parent }) {
            return try known.file.open(name, flags: O_RDONLY | O_NONBLOCK)
        }
        let opened = Directory(
            path: parent,
            file: try FileDescriptor.open("/proc/sys/" + parent, flags: DirectoryFlags.open))
        directories.append(opened)
        return try opened.file.open(name, flags: O_RDONLY | O_NONBLOCK)
    }

    private static func withoutFinalNewline(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes, as: UTF8.self)
    }

    /// Keys whose value may be no text at all: lists and names.
    ///
    /// A number is never empty, but tar(1) stores it so.
    private static func mayBeEmpty(_ key: SysctlKey) -> Bool {
        key.isPortList || key.path.hasSuffix("_ulp") || !key.path.hasPrefix("net/")
    }

    /// Keys that hold a secret, or that only do something when written.
    package static func isNeverRead(_ key: SysctlKey) -> Bool {
        isSecret(key.path) || hasEnding(key.path, "/flush")
            || hasEnding(key.path, "/compact_memory")
    }

    /// Keys whose value must not leave the host, be it the kernel's or a file's.
    static func isSecret(_ path: String) -> Bool {
        hasEnding(path, "tcp_fastopen_key") || hasEnding(path, "stable_secret")
    }

    /// Byte for byte: what a reader of Unicode makes of the path is of no matter.
    private static func hasEnding(_ path: String, _ ending: String) -> Bool {
        // Most paths differ in the last byte.
        path.utf8.last == ending.utf8.last
            && path.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
}
