import CNetlink
import Glibc

@testable import Kernel

/// A terminal that a test holds both ends of (pts(4)).
final class PseudoTerminal: Sendable {
    private let ours: FileDescriptor
    private let theirs: FileDescriptor
    /// `/dev/pts/5`.
    let path: String

    /// The end that a program draws on.
    var descriptor: CInt { theirs.number }

    /// ioctl_tty(2): _IOW('T', 0x31, int) and _IOR('T', 0x30, unsigned int), made by macros that Swift does not import.
    private static let lock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init(rows: Int = 24, columns: Int = 80) throws(KernelError) {
        ours = try FileDescriptor.open("/dev/ptmx", flags: O_RDWR | O_NOCTTY | O_NONBLOCK)
        var unlocked: CInt = 0
        var number: CUnsignedInt = 0
        let descriptor = ours.number
        _ = try systemCall("unlock", "/dev/ptmx") { unsafe ioctl(descriptor, Self.lock, &unlocked) }
        _ = try systemCall("number", "/dev/ptmx") {
            unsafe ioctl(descriptor, Self.getNumber, &number)
        }
        path = "/dev/pts/\(number)"
        theirs = try FileDescriptor.open(path, flags: O_RDWR | O_NOCTTY)
        resize(rows: rows, columns: columns)
    }

    func resize(rows: Int, columns: Int) {
        var size = winsize()
        size.ws_row = UInt16(rows)
        size.ws_col = UInt16(columns)
        unsafe _ = ioctl(ours.number, UInt(TIOCSWINSZ), &size)
    }

    /// Types.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        unsafe _ = write(ours.number, bytes, bytes.count)
    }

    /// All that was drawn since it was asked last.
    func drawn() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(ours.number, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer.prefix(count)
        }
    }

    /// What of its mode a program changes that reads key by key.
    struct Mode: Equatable {
        var input: tcflag_t
        var output: tcflag_t
        var local: tcflag_t

        func has(_ flag: CInt) -> Bool { local & tcflag_t(flag) != 0 }
    }

    var mode: Mode {
        var attributes = termios()
        unsafe _ = tcgetattr(descriptor, &attributes)
        return Mode(
            input: attributes.c_iflag, output: attributes.c_oflag, local: attributes.c_lflag)
    }
}
