import CNetlink
import Glibc

extension TCPSocket {
    /// Address and port of its own end; nil where it has none.
    package func localAddress() -> SocketAddress? {
        SocketAddress.own(of: descriptor).flatMap { $0.port == 0 ? nil : $0 }
    }

    /// The port it is bound to; nil where it has none.
    package func localPort() -> UInt16? { localAddress()?.port }
}

extension SocketAddress {
    /// The own end of a socket: getsockname(2); nil where it has none.
    static func own(of descriptor: CInt) -> SocketAddress? {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            guard let base = bytes.baseAddress else { return CInt(-1) }
            return unsafe getsockname(
                descriptor, base.assumingMemoryBound(to: sockaddr.self), &length)
        }
        return result == 0 ? SocketAddress(storage) : nil
    }
}
