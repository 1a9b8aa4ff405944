import CNetlink
import Glibc
package import HostState

/// An address and port as system calls take them: made once, used for every connection.
@safe
package struct SocketAddress: Sendable {
    package let address: IPAddress
    package let port: UInt16
    /// Room for either family; a sockaddr_in lies in its first 16 bytes.
    private let storage: sockaddr_in6
    private let length: socklen_t

    package init(_ address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
        var storage = sockaddr_in6()
        if let v4 = address.v4 {
            var plain = sockaddr_in()
            plain.sin_family = sa_family_t(AF_INET)
            plain.sin_port = port.bigEndian
            plain.sin_addr.s_addr = v4.bigEndian
            unsafe withUnsafeMutableBytes(of: &storage) {
                unsafe $0.storeBytes(of: plain, as: sockaddr_in.self)
            }
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
        } else {
            storage.sin6_family = sa_family_t(AF_INET6)
            storage.sin6_port = port.bigEndian
            let halves = (address.high.bigEndian, address.low.bigEndian)
            unsafe withUnsafeMutableBytes(of: &storage.sin6_addr) {
                unsafe $0.storeBytes(of: halves.0, toByteOffset: 0, as: UInt64.self)
                unsafe $0.storeBytes(of: halves.1, toByteOffset: 8, as: UInt64.self)
            }
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
        self.storage = storage
    }

    package var isIPv6: Bool { !address.isIPv4 }

    /// Hands it over as bind(2) and connect(2) take it.
    func with<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafeBytes(of: storage) { bytes in
            guard let base = bytes.baseAddress else {
                preconditionFailure("an address has bytes")
            }
            return unsafe body(base.assumingMemoryBound(to: sockaddr.self), length)
        }
    }
}
