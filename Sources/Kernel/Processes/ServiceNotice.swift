import CNetlink
import Glibc

/// What a service tells systemd about itself (sd_notify(3)): a datagram to the socket that `NOTIFY_SOCKET` names.
package enum ServiceNotice {
    /// Tells that all is ready; does nothing where nobody asked.
    package static func ready() throws(KernelError) { try tell(["READY=1"]) }

    /// Tells a few things at once: `WATCHDOG=1`, `STATUS=…`, `STOPPING=1`; does nothing where nobody asked.
    ///
    /// A line end would begin a further assignment.
    package static func tell(_ lines: [String]) throws(KernelError) {
        guard let name = Environment["NOTIFY_SOCKET"] else { return }
        let safe = lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        try send(safe.joined(separator: "\n"), to: name)
    }

    /// Seconds within which systemd wants a sign of life (sd_watchdog_enabled(3)); nil where it wants none.
    package static var watchdog: Double? {
        guard let text = Environment["WATCHDOG_USEC"], let microseconds = Double(text),
            microseconds > 0
        else { return nil }
        if let pid = Environment["WATCHDOG_PID"], Int32(pid) != getpid() { return nil }
        return microseconds / 1e6
    }

    static func send(_ text: String, to name: String) throws(KernelError) {
        try send(Array(text.utf8), to: name)
    }

    /// - Parameter waits: whether to wait where its reader has much to read; else EAGAIN is thrown.
    static func send(
        _ message: [UInt8], to name: String, waits: Bool = true
    ) throws(KernelError) {
        guard let address = address(name) else {
            throw KernelError(
                "write to", name, code: EINVAL, detail: "it is not the name of a socket")
        }
        let socket = FileDescriptor(
            owning: try systemCall("open", "a socket") {
                Glibc.socket(
                    AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
            })
        let number = socket.number
        let flags = CInt(MSG_NOSIGNAL) | (waits ? 0 : CInt(MSG_DONTWAIT))
        _ = try systemCall("write to", name) {
            unsafe message.withUnsafeBytes { message in
                unsafe address.withUnsafeBytes { address in
                    unsafe sendto(
                        number, message.baseAddress, message.count, flags,
                        address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                        socklen_t(address.count))
                }
            }
        }
    }

    /// The bytes of a `sockaddr_un`: a path, or after `@` a name of no file; nil for anything else.
    static func address(_ name: String) -> [UInt8]? {
        var path = Array(name.utf8)
        switch path.first {
        case UInt8(ascii: "/"): path.append(0)
        case UInt8(ascii: "@"): path[0] = 0
        default: return nil
        }
        let family = unsafe withUnsafeBytes(of: sa_family_t(AF_UNIX)) { unsafe Array($0) }
        // sun_path holds 108 bytes (unix(7)).
        return path.count > 1 && path.count <= 108 ? family + path : nil
    }
}
