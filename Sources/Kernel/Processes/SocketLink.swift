import Glibc

/// Where a descriptor's link in `/proc/PID/fd` points, if to a socket: `socket:[63315]`.
///
/// Source: `net/socket.c:sockfs_dname`.
@safe
struct SocketLink: ~Copyable {
    private let room: UnsafeMutableBufferPointer<CChar>

    init() { unsafe room = .allocate(capacity: 64) }

    deinit { unsafe room.deallocate() }

    enum Reading {
        case socket(UInt32)
        /// Another kind of file, or a descriptor that has gone.
        case other
        case denied
    }

    func read(
        _ entry: DirectoryBlock.Entry, in block: borrowing DirectoryBlock,
        beneath directory: borrowing FileDescriptor
    ) -> Reading {
        let descriptor = directory.number
        guard let base = unsafe room.baseAddress else { return .other }
        let count = unsafe block.withName(of: entry) { name in
            unsafe readlinkat(descriptor, name, base, room.count)
        }
        guard let count, count >= 0 else {
            return errno == EACCES || errno == EPERM ? .denied : .other
        }
        let text = unsafe UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: room[..<count]))
        return unsafe Self.inode(text).map { .socket($0) } ?? .other
    }

    /// Reads `socket:[N]`; nil for any other text.
    static func inode(_ text: UnsafeRawBufferPointer) -> UInt32? {
        guard text.count >= 10, unsafe text[text.count - 1] == 93 else { return nil }
        // "socket:[" is eight bytes: one comparison.
        let start = unsafe text.loadUnaligned(as: UInt64.self)
        guard UInt64(littleEndian: start) == 0x5b3a_7465_6b63_6f73 else { return nil }
        var value: UInt64 = 0
        for index in 8..<text.count - 1 {
            let digit = unsafe text[index] &- 48
            guard digit < 10, index < 18 else { return nil }
            value = value * 10 + UInt64(digit)
        }
        return UInt32(exactly: value)
    }
}
