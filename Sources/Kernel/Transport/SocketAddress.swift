import CNetlink
import Glibc
package import Model

/// An address and port as system calls take them: made once, used for every connection.
@safe
package struct SocketAddress: Sendable {
    package let address: IPAddress
    package let port: UInt16
    /// Room for either family; a sockaddr_in lies in its first 16 bytes.
    private let storage: sockaddr_in6
    private let length: socklen_t

    /// - Parameter scope: the index of an interface, for a link-local address of IPv6.
    package init(_ address: IPAddress, port: UInt16, scope: UInt32 = 0) {
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
            storage.sin6_scope_id = scope
            let halves = (address.high.bigEndian, address.low.bigEndian)
            unsafe withUnsafeMutableBytes(of: &storage.sin6_addr) {
                unsafe $0.storeBytes(of: halves.0, toByteOffset: 0, as: UInt64.self)
                unsafe $0.storeBytes(of: halves.1, toByteOffset: 8, as: UInt64.self)
            }
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
        self.storage = storage
    }

    /// What the kernel wrote into the room for either family; nil where it is neither.
    init?(_ storage: sockaddr_in6) {
        let port = UInt16(bigEndian: storage.sin6_port)
        switch CInt(storage.sin6_family) {
        case AF_INET:
            // The address lies where that of IPv6 has its flow label.
            self.init(IPAddress(v4: UInt32(bigEndian: storage.sin6_flowinfo)), port: port)
        case AF_INET6:
            let (high, low) = unsafe withUnsafeBytes(of: storage.sin6_addr) {
                unsafe (
                    $0.loadUnaligned(as: UInt64.self),
                    $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                )
            }
            self.init(
                IPAddress(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)), port: port,
                scope: storage.sin6_scope_id)
        default: return nil
        }
    }

    /// The same out of the bytes of a sockaddr_in6, for a module that has that structure from elsewhere.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == MemoryLayout<sockaddr_in6>.size else { return nil }
        unsafe self.init(bytes.loadUnaligned(as: sockaddr_in6.self))
    }

    package var isIPv6: Bool { !address.isIPv4 }

    /// The index of the interface that a link-local address belongs to; 0 of others.
    var scope: UInt32 { isIPv6 && address.high >> 54 == 0x3FA ? storage.sin6_scope_id : 0 }

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

extension SocketAddress: CustomStringConvertible {
    /// `192.0.2.1:53`, `[2001:db8::1]:53`.
    package var description: String {
        isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
