import CNetlink
import Glibc

/// A UDP socket that never waits.
///
/// A plain value: whoever has it closes it once. What a call gives is its result, or the errno below zero.
@safe
package struct UDPSocket: Sendable, Hashable {
    package let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// Opens a socket; its descriptor, or the errno below zero.
    package static func open(isIPv6: Bool) -> Int32 {
        let kind = SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let result = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, CInt(kind), 0)
        return result >= 0 ? result : -errno
    }

    /// Opens a socket at an address of its own.
    package static func open(at address: SocketAddress) throws(KernelError) -> UDPSocket {
        let socket = UDPSocket(
            descriptor: try systemCall("open", "a UDP socket") { open(isIPv6: address.isIPv6) })
        let code = unsafe address.with {
            unsafe Glibc.bind(socket.descriptor, $0, $1) == 0 ? 0 : -errno
        }
        guard code == 0 else {
            socket.close()
            throw KernelError("bind", "\(address)", code: -code)
        }
        return socket
    }

    /// From now on it takes datagrams of that address alone, and hears that nobody is there (ECONNREFUSED).
    package func connect(to address: SocketAddress) -> Int32 {
        unsafe address.with { unsafe Glibc.connect(descriptor, $0, $1) == 0 ? 0 : -errno }
    }

    /// How many bytes went to the address that it is connected to, or the errno below zero.
    package func send(_ bytes: [UInt8]) -> Int {
        unsafe bytes.withUnsafeBytes {
            let sent = unsafe Glibc.send(
                descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            return sent >= 0 ? sent : -Int(errno)
        }
    }

    /// How many bytes went to an address, or the errno below zero.
    package func send(_ bytes: Span<UInt8>, to address: SocketAddress) -> Int {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe address.with {
                let sent = unsafe sendto(
                    descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL), $0, $1)
                return sent >= 0 ? sent : -Int(errno)
            }
        }
    }

    /// Reads one datagram into the buffer; how many bytes it has, or the errno below zero.
    package func receive(into buffer: inout [UInt8]) -> Int {
        unsafe buffer.withUnsafeMutableBytes {
            let count = unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
            return count >= 0 ? count : -Int(errno)
        }
    }

    /// Reads one datagram and who sent it; nil where none is there.
    package func receiveAny(into buffer: inout [UInt8]) -> (count: Int, from: SocketAddress)? {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let count = unsafe buffer.withUnsafeMutableBytes { room in
            unsafe withUnsafeMutableBytes(of: &storage) { bytes in
                unsafe recvfrom(
                    descriptor, room.baseAddress, room.count, 0,
                    bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
            }
        }
        guard count >= 0, let address = SocketAddress(storage) else { return nil }
        return (count, address)
    }

    /// Waits until there is something to read, or an error; false where the time ran out first.
    package func awaitInput(milliseconds: Int32) -> Bool {
        TCPSocket(descriptor: descriptor).awaitInput(milliseconds: milliseconds)
    }

    /// The address of its own end; nil where it has none.
    package func localAddress() -> SocketAddress? { SocketAddress.own(of: descriptor) }

    package func close() { _ = Glibc.close(descriptor) }
}
