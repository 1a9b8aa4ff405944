import Glibc
import NIOCore

/// Listening sockets that systemd opened and handed over (sd_listen_fds(3)).
enum ActivatedSockets {
    /// What the environment says of them: `LISTEN_PID` and `LISTEN_FDS`.
    struct Announcement {
        var process: String?
        var count: String?
        /// The first descriptor; the others follow it.
        var first: CInt = 3

        static var ofThisProcess: Announcement {
            Announcement(process: value("LISTEN_PID"), count: value("LISTEN_FDS"))
        }

        private static func value(_ name: String) -> String? {
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }
    }

    /// - Throws: where there are none, or where one is no listening stream socket.
    static func places(_ announcement: Announcement) throws(WebError) -> [ListeningPlace] {
        guard announcement.process == String(getpid()),
            let count = announcement.count.flatMap(CInt.init), count > 0, count < 1024
        else {
            throw WebError(
                "listen on", "sockets of systemd",
                "none was handed over; start it by a .socket unit")
        }
        var found: [ListeningPlace] = []
        for number in announcement.first..<(announcement.first + count) {
            found.append(.activated(number, try address(number)))
        }
        return found
    }

    private static func address(_ number: CInt) throws(WebError) -> SocketAddress {
        let subject = "descriptor \(number)"
        guard option(SO_TYPE, number) == CInt(SOCK_STREAM.rawValue),
            option(SO_ACCEPTCONN, number) == 1
        else {
            throw WebError("listen on", subject, "it is not a listening stream socket")
        }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let found = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                pointer -> SocketAddress? in
                guard unsafe getsockname(number, pointer, &length) == 0 else { return nil }
                return unsafe Self.address(UnsafeRawPointer(pointer))
            }
        }
        guard let found else {
            throw WebError("listen on", subject, "its family is neither IP nor Unix")
        }
        return found
    }

    private static func address(_ pointer: UnsafeRawPointer) -> SocketAddress? {
        switch CInt(unsafe pointer.load(as: sa_family_t.self)) {
        case AF_INET: SocketAddress(unsafe pointer.load(as: sockaddr_in.self))
        case AF_INET6: SocketAddress(unsafe pointer.load(as: sockaddr_in6.self))
        case AF_UNIX: SocketAddress(unsafe pointer.load(as: sockaddr_un.self))
        default: nil
        }
    }

    private static func option(_ name: CInt, _ number: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        let outcome = unsafe getsockopt(number, SOL_SOCKET, name, &value, &length)
        return outcome == 0 ? value : nil
    }
}
