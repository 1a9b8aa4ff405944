import CNetlink
import Glibc

/// Reads the names of a directory with getdents64(2): no allocation an entry until the caller wants one.
enum DirectoryReader {
    /// Hands over each name but `.` and `..`.
    static func forEachName(
        in directory: borrowing FileDescriptor, _ body: (String) throws(KernelError) -> Void
    ) throws(KernelError) {
        var buffer = [UInt8](repeating: 0, count: 32768)
        while true {
            let count = try systemCall("list", "directory") {
                unsafe buffer.withUnsafeMutableBytes { bytes in
                    unsafe tcptune_getdents64(
                        directory.number, bytes.baseAddress, UInt(bytes.count))
                }
            }
            if count == 0 { return }
            var offset = 0
            // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name up to a zero byte.
            while offset + 19 < count {
                let length = Int(buffer[offset + 16]) | Int(buffer[offset + 17]) << 8
                guard length >= 20, offset + length <= count else { return }
                let name = buffer[(offset + 19)..<(offset + length)].prefix { $0 != 0 }
                if !(name.elementsEqual([46]) || name.elementsEqual([46, 46])) {
                    try body(String(decoding: name, as: UTF8.self))
                }
                offset += length
            }
        }
    }
}
