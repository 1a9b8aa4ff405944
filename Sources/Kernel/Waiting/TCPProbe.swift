import CNetlink
import Glibc

/// A TCP connection that must come about: `tcp:HOST:PORT`.
package struct TCPProbe: Sendable, Hashable {
    /// A name or an address.
    package var host: String
    package var port: String

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "tcp", let port = UInt16(parts[parts.count - 1]),
            port > 0
        else { return nil }
        var host = parts[1..<(parts.count - 1)].joined(separator: ":")
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.host = host
        self.port = String(port)
    }

    /// How long one attempt may take, in seconds.
    package static let patience = 2.0

    /// Makes a connection and closes it at once.
    ///
    /// - Throws: the error of the address tried last; ETIMEDOUT after `patience`.
    package func attempt() throws(KernelError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, port, &hints, &list)
        guard code == 0 else {
            throw KernelError(
                "find", host, code: ENOENT, detail: unsafe String(cString: gai_strerror(code)))
        }
        defer { unsafe freeaddrinfo(list) }
        var last = KernelError("connect to", description, code: EADDRNOTAVAIL)
        var next = unsafe list
        while let address = unsafe next {
            do throws(KernelError) {
                return try unsafe connect(to: address.pointee)
            } catch {
                last = error
            }
            unsafe next = address.pointee.ai_next
        }
        throw last
    }

    private func connect(to address: addrinfo) throws(KernelError) {
        let family = unsafe address.ai_family
        let socket = FileDescriptor(
            owning: try systemCall("open", "a socket") {
                Glibc.socket(
                    family,
                    CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
            })
        let number = socket.number
        do throws(KernelError) {
            _ = try systemCall("connect to", description) {
                unsafe Glibc.connect(number, address.ai_addr, address.ai_addrlen)
            }
        } catch {
            guard error.code == EINPROGRESS else { throw error }
            var ready = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
            let count = try systemCall("connect to", description) {
                unsafe poll(&ready, 1, CInt(Self.patience * 1000))
            }
            guard count == 1 else { throw KernelError("connect to", description, code: ETIMEDOUT) }
            var code: CInt = 0
            var length = socklen_t(MemoryLayout<CInt>.size)
            unsafe _ = getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length)
            guard code == 0 else { throw KernelError("connect to", description, code: code) }
        }
    }
}

extension TCPProbe: CustomStringConvertible {
    package var description: String {
        host.contains(":") ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
    }
}
