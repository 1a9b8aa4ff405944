import CNetlink

/// The entries of a directory, a block at a time, as getdents64(2) gives them: no allocation an entry.
///
/// The block's size bounds how many entries the kernel makes up at once: in /proc each of them costs it a microsecond.
@safe
struct DirectoryBlock: ~Copyable {
    private let buffer: UnsafeMutableRawBufferPointer
    private var filled = 0

    /// One entry, valid until the next read.
    struct Entry {
        var inode: UInt64
        var isDirectory: Bool
        /// Where in the block its name starts; a zero byte ends it.
        fileprivate(set) var nameStart: Int
    }

    /// - Parameter room: In bytes; an entry with a short name takes 24.
    init(room: Int) {
        unsafe buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(room, 512), alignment: 8)
    }

    deinit { unsafe buffer.deallocate() }

    /// Reads the next block, of at most `room` bytes; false at the end of the directory.
    mutating func read(
        _ directory: borrowing FileDescriptor, room: Int = .max
    ) throws(KernelError) -> Bool {
        filled = 0
        let descriptor = directory.number
        filled = try systemCall("list", "directory") {
            unsafe tcptune_getdents64(
                descriptor, buffer.baseAddress, UInt(min(buffer.count, room)))
        }
        return filled > 0
    }

    /// Hands over each entry of the block, `.` and `..` among them, until the body says false.
    func forEach(_ body: (Entry) -> Bool) {
        var offset = 0
        // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name up to a zero byte.
        while offset + 20 <= filled {
            let length = Int(
                unsafe buffer.loadUnaligned(fromByteOffset: offset + 16, as: UInt16.self))
            guard length >= 20, offset + length <= filled,
                unsafe buffer[offset + length - 1] == 0
                    || hasEnd(from: offset + 19, to: offset + length)
            else { return }
            let entry = Entry(
                inode: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
                isDirectory: unsafe buffer[offset + 18] == 4, nameStart: offset + 19)
            guard body(entry) else { return }
            offset += length
        }
    }

    private func hasEnd(from start: Int, to end: Int) -> Bool {
        (start..<end).contains { unsafe buffer[$0] == 0 }
    }

    /// The entry's name as a decimal number, which is what /proc calls processes and descriptors.
    func number(of entry: Entry) -> Int32? {
        var value: Int64 = 0
        var position = entry.nameStart
        while unsafe buffer[position] != 0 {
            let digit = unsafe buffer[position] &- 48
            guard digit < 10, position - entry.nameStart < 10 else { return nil }
            value = value * 10 + Int64(digit)
            position += 1
        }
        return position > entry.nameStart ? Int32(exactly: value) : nil
    }

    func name(of entry: Entry) -> String {
        var end = entry.nameStart
        while unsafe buffer[end] != 0 { end += 1 }
        return unsafe String(decoding: buffer[entry.nameStart..<end], as: UTF8.self)
    }
}
