import CNetlink
import Glibc
package import Model

/// Writes `/proc/sys`, each key opened beneath a descriptor of that directory.
///
/// A key cannot lead elsewhere: openat2(2) refuses every `..` and every symbolic link on the way. The namespace is that of
/// the calling thread.
package struct SysctlWriter: ~Copyable {
    private let directory: FileDescriptor

    private init(directory: consuming FileDescriptor) { self.directory = consume directory }

    /// Opens `/proc/sys`.
    package static func open() throws(KernelError) -> SysctlWriter {
        SysctlWriter(
            directory: try FileDescriptor.open("/proc/sys", flags: O_RDONLY | O_DIRECTORY))
    }

    /// How many bytes of a list of ports one write(2) is given.
    ///
    /// The kernel takes 4095 and drops the rest without an error (kernel/sysctl.c:proc_do_large_bitmap, measured).
    static let portListRoom = 4000

    /// Writes a value, as the kernel is to parse it.
    ///
    /// A list of ports may be of any length: a write at an offset adds to what the one before it stored.
    ///
    /// - Throws: EINVAL where the kernel refuses the value, EROFS, EACCES, ENOENT as the file system says; EIO where it took
    ///   a part only.
    package func write(_ value: String, to key: SysctlKey) throws(KernelError) {
        let file = try open(key)
        for part in Self.parts(of: value, for: key) {
            let bytes = Array(part.utf8)
            let written = try systemCall("write", key.name) {
                unsafe bytes.withUnsafeBytes {
                    unsafe Glibc.write(file.number, $0.baseAddress, $0.count)
                }
            }
            guard written == bytes.count else {
                throw KernelError(
                    "write", key.name, code: EIO,
                    detail: "the kernel accepted \(written) of \(bytes.count) bytes")
            }
        }
    }

    private func open(_ key: SysctlKey) throws(KernelError) -> FileDescriptor {
        let path = key.path
        let number = directory.number
        guard BeneathOpening.isPossible else {
            // A SysctlKey has no `..`, and /proc/sys no links.
            return try directory.open(path, flags: O_WRONLY | O_NOFOLLOW)
        }
        return FileDescriptor(
            owning: try systemCall("open", key.name) {
                unsafe tcptune_openat2(
                    number, path, UInt64(O_WRONLY | O_CLOEXEC),
                    UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS))
            })
    }

    /// What each write(2) is given, with a newline at its end.
    static func parts(of value: String, for key: SysctlKey) -> [String] {
        guard key.isPortList else { return [value + "\n"] }
        var parts: [String] = []
        var part = ""
        for range in value.split(separator: ",") {
            if !part.isEmpty, part.utf8.count + 1 + range.utf8.count > portListRoom {
                parts.append(part + "\n")
                part = ""
            }
            part += part.isEmpty ? range : "," + range
        }
        // An empty list is a write of its own.
        return parts + [part + "\n"]
    }
}

extension SysctlKey {
    /// True where the value is a bitmap that reads and writes as a list of ports.
    var isPortList: Bool { path == "net/ipv4/ip_local_reserved_ports" }
}
