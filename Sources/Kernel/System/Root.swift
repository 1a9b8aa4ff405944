import CNetlink
import Glibc

/// Where `/proc`, `/sys`, `/run` and `/etc` are looked for: the running host, or a captured tree of one.
package struct Root: Sendable, Hashable {
    /// Without a slash at its end; empty for the running host.
    package let path: String

    /// The running host.
    package static let host = Root(path: "")

    package init(path: String) {
        var path = path
        while path.last == "/" { path.removeLast() }
        self.path = path
    }

    /// False for a captured tree, of which nothing can be asked but its files.
    package var isHost: Bool { path.isEmpty }

    /// The bytes of a file, named from the root: `/proc/net/snmp`.
    package func bytes(_ name: String, expecting size: Int = 4096) throws(KernelError) -> [UInt8] {
        // The kernel's own files need no look at what they are; with O_NONBLOCK nothing keeps us waiting.
        let isKernels = isHost && (name.hasPrefix("/proc/") || name.hasPrefix("/sys/"))
        let file =
            isKernels
            ? try FileDescriptor.open(name, flags: O_RDONLY | O_NONBLOCK) : try openRegular(name)
        return try file.readToEnd(first: size, subject: path + name)
    }

    /// Opens what a name leads to; the links of a captured tree never lead out of it.
    func open(_ name: String, flags: CInt = O_RDONLY) throws(KernelError) -> FileDescriptor {
        isHost
            ? try FileDescriptor.open(name, flags: flags)
            : try RootedFile.open(name, flags: flags, under: self)
    }

    /// Opens a file of a tree that anybody may have made; what is no regular file is refused.
    ///
    /// All that `/proc` and `/sys` let be read are regular files. A FIFO would keep us waiting, a device never end.
    func openRegular(_ name: String) throws(KernelError) -> FileDescriptor {
        let file = try open(name, flags: O_RDONLY | O_NONBLOCK)
        try file.refuseUnlessRegular(path + name)
        return file
    }

    /// The inode and the user of what a name leads to.
    func identity(of name: String) throws(KernelError) -> (inode: UInt64, user: UInt32) {
        var status = stat()
        if isHost {
            _ = try systemCall("look at", name) { unsafe stat(name, &status) }
        } else {
            let file = try open(name, flags: RootedFile.pathOnly)
            let number = file.number
            _ = try systemCall("look at", path + name) { unsafe fstat(number, &status) }
        }
        return (UInt64(status.st_ino), status.st_uid)
    }

    /// The text of a file; bytes that are no UTF-8 become U+FFFD.
    package func text(_ name: String, expecting size: Int = 4096) throws(KernelError) -> String {
        String(decoding: try bytes(name, expecting: size), as: UTF8.self)
    }

    /// The names in a directory, in no order, without `.` and `..`.
    package func names(in directory: String) throws(KernelError) -> [String] {
        var names: [String] = []
        let listed = try open(directory, flags: DirectoryFlags.open)
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
    package func target(of link: String) throws(KernelError) -> String {
        if isHost { return try directTarget(of: link) }
        let file = try open(link, flags: RootedFile.pathOnly | O_NOFOLLOW)
        let number = file.number
        return unsafe try Self.text(of: path + link) { buffer, room in
            unsafe readlinkat(number, "", buffer, room)
        }
    }

    /// The same of a name above which there is no link.
    func directTarget(of link: String) throws(KernelError) -> String {
        let place = path + link
        return unsafe try Self.text(of: place) { buffer, room in
            unsafe readlink(place, buffer, room)
        }
    }

    private static func text(
        of link: String, _ read: (UnsafeMutablePointer<CChar>, Int) -> Int
    ) throws(KernelError) -> String {
        let room = Int(PATH_MAX)
        var buffer = [CChar](repeating: 0, count: room)
        let count = try systemCall("read the link", link) {
            unsafe buffer.withUnsafeMutableBufferPointer { bytes in
                unsafe bytes.baseAddress.map { unsafe read($0, room) } ?? -1
            }
        }
        return unsafe buffer.withUnsafeBytes {
            unsafe String(decoding: $0[..<count], as: UTF8.self)
        }
    }

    package func exists(_ name: String) -> Bool {
        if isHost { return unsafe access(name, F_OK) == 0 }
        do throws(KernelError) {
            _ = try open(name, flags: RootedFile.pathOnly)
            return true
        } catch {
            return false
        }
    }
}
