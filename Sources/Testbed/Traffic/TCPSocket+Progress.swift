import Glibc
package import Kernel

extension TCPSocket {
    /// How far connect() has come.
    package enum Progress: Sendable, Hashable {
        case waiting, connected
        /// With the errno.
        case failed(Int32)
    }

    /// Asks by another connect(), which neither waits nor begins anew while the first is under way.
    ///
    /// Not to be asked after a failure: that would begin anew. Source: `net/ipv4/af_inet.c:__inet_stream_connect`.
    package func progress(to address: SocketAddress) -> Progress {
        let code = connect(to: address)
        return switch -code {
        case 0, EISCONN: .connected
        case EALREADY, EINPROGRESS: .waiting
        default: .failed(-code)
        }
    }

    /// True where the peer has reset the connection.
    package func isReset() -> Bool {
        var room: [UInt8] = [0]
        return receive(into: &room) == -Int(ECONNRESET)
    }

    package static let timedOut = ETIMEDOUT
    package static let wasReset = ECONNRESET
    package static let brokenPipe = EPIPE
}

extension TCPSocket {
    /// Bytes that have come and nobody has read (FIONREAD): with any of them close(2) sends a reset in place of a FIN.
    ///
    /// Source: `net/ipv4/tcp.c:__tcp_close`.
    package func unreadBytes() -> Int {
        var count: CInt = 0
        return unsafe ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }
}
