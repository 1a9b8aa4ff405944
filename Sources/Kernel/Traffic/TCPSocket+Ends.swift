import CNetlink
import Glibc
import HostState

extension TCPSocket {
    /// Address and port of its own end; nil where it has none.
    package func localAddress() -> SocketAddress? {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            guard let base = bytes.baseAddress else { return CInt(-1) }
            return unsafe getsockname(
                descriptor, base.assumingMemoryBound(to: sockaddr.self), &length)
        }
        // The port has the same place in both families' addresses.
        let port = UInt16(bigEndian: storage.sin6_port)
        guard result == 0, port != 0 else { return nil }
        return unsafe withUnsafeBytes(of: storage) { bytes in
            if CInt(storage.sin6_family) == AF_INET {
                let v4 = unsafe bytes.load(fromByteOffset: 4, as: UInt32.self)
                return SocketAddress(IPAddress(v4: UInt32(bigEndian: v4)), port: port)
            }
            // sin6_addr is at 8 (RFC 3493 §3.3).
            let high = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let low = unsafe bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            let address = IPAddress(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
            return SocketAddress(address, port: port)
        }
    }
}
