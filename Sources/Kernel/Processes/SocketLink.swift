import Glibc

/// Where a descriptor's link in `/proc/PID/fd` points, if to a socket: `socket:[63315]`.
///
/// Source: `net/socket.c:sockfs_dname`.
@safe
struct SocketLink: ~Copyable {
    /// Longer than the link of any socket.
    private static let mostRead = 52

    private let room: UnsafeMutableBufferPointer<CChar>

    init() { unsafe room = .allocate(capacity: Self.mostRead + 12) }

    deinit { unsafe room.deallocate() }

    enum Reading {
        case socket(UInt32)
        /// Another kind of file.
        case other
        /// There is no such descriptor.
        case absent
        case denied
    }

    /// Reads the link of one descriptor.
    func read(_ number: Int32, beneath directory: borrowing FileDescriptor) -> Reading {
        guard let base = unsafe room.baseAddress else { return .other }
        let name = unsafe base + writeName(of: number)
        let length = Self.mostRead
        let count = unsafe readlinkat(directory.number, name, base, length)
        guard count >= 0 else {
            switch errno {
            case EACCES, EPERM: return .denied
            case ENOENT: return .absent
            default: return .other
            }
        }
        let text = unsafe UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: room[..<count]))
        return unsafe Self.inode(text).map { .socket($0) } ?? .other
    }

    /// Writes the decimal number to the end of the room, behind what is read.
    ///
    /// - Returns: where it begins; a zero byte ends it.
    private func writeName(of number: Int32) -> Int {
        var place = unsafe room.count - 1
        unsafe room[place] = 0
        var rest = number.magnitude
        repeat {
            place -= 1
            unsafe room[place] = CChar(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        } while rest > 0
        return place
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
