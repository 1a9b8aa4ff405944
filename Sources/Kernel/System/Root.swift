import Glibc

/// Where `/proc`, `/sys`, `/run` and `/etc` are looked for: the running host, or a captured tree of one.
public struct Root: Sendable, Hashable {
    /// Without a slash at its end; empty for the running host.
    public let path: String

    /// The running host.
    public static let host = Root(path: "")

    public init(path: String) {
        var path = path
        while path.last == "/" { path.removeLast() }
        self.path = path
    }

    /// False for a captured tree, of which nothing can be asked but its files.
    public var isHost: Bool { path.isEmpty }

    /// The bytes of a file, named from the root: `/proc/net/snmp`.
    public func bytes(_ name: String, expecting size: Int = 4096) throws(KernelError) -> [UInt8] {
        // The kernel's own files need no look at what they are; with O_NONBLOCK nothing keeps us waiting.
        let isKernels = isHost && (name.hasPrefix("/proc/") || name.hasPrefix("/sys/"))
        let file =
            isKernels
            ? try FileDescriptor.open(name, flags: O_RDONLY | O_NONBLOCK)
            : try FileDescriptor.openRegular(path + name)
        return try file.readToEnd(first: size, subject: path + name)
    }

    /// The text of a file; bytes that are no UTF-8 become U+FFFD.
    public func text(_ name: String, expecting size: Int = 4096) throws(KernelError) -> String {
        String(decoding: try bytes(name, expecting: size), as: UTF8.self)
    }

    /// The names in a directory, in no order, without `.` and `..`.
    public func names(in directory: String) throws(KernelError) -> [String] {
        var names: [String] = []
        let listed = try FileDescriptor.open(path + directory, flags: DirectoryFlags.open)
        var block = DirectoryBlock(room: 32768)
        while try block.read(listed) {
            block.forEach { entry in
                let name = block.name(of: entry)
                if name != ".", name != ".." { names.append(name) }
                return true
            }
        }
        return names
    }

    /// Where a symbolic link points.
    public func target(of link: String) throws(KernelError) -> String {
        let link = path + link
        let room = Int(PATH_MAX)
        var buffer = [CChar](repeating: 0, count: room)
        let count = try systemCall("read the link", link) {
            unsafe readlink(link, &buffer, room)
        }
        return unsafe buffer.withUnsafeBytes {
            unsafe String(decoding: $0[..<count], as: UTF8.self)
        }
    }

    public func exists(_ name: String) -> Bool {
        unsafe access(path + name, F_OK) == 0
    }
}
