import CNetlink
import Glibc

@testable import Kernel

/// A TCP socket of the test itself, in the namespace of the thread that made it.
struct TestSocket: ~Copyable {
    let descriptor: FileDescriptor

    init() throws(KernelError) {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        descriptor = FileDescriptor(
            owning: try systemCall("open", "socket") { socket(AF_INET, kind, 0) })
    }

    /// Listens on 127.0.0.1, by default on a port that the kernel chooses.
    func listen(on port: UInt16 = 0) throws(KernelError) {
        let number = descriptor.number
        var address = Self.loopback(port)
        _ = try systemCall("bind", "socket") {
            unsafe withUnsafeBytes(of: &address) { bytes in
                guard let base = bytes.baseAddress else { return CInt(-1) }
                return unsafe bind(
                    number, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
        }
        _ = try systemCall("listen", "socket") { Glibc.listen(number, 7) }
    }

    /// Connects to what listens at that port of 127.0.0.1.
    func connect(to port: UInt16) throws(KernelError) {
        let number = descriptor.number
        var address = Self.loopback(port)
        _ = try systemCall("connect", "socket") {
            unsafe withUnsafeBytes(of: &address) { bytes in
                guard let base = bytes.baseAddress else { return CInt(-1) }
                return unsafe Glibc.connect(
                    number, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
        }
    }

    func accept() throws(KernelError) -> TestSocket {
        let number = descriptor.number
        return TestSocket(
            descriptor: FileDescriptor(
                owning: try systemCall("accept", "socket") {
                    Glibc.accept(number, nil, nil)
                }))
    }

    private init(descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    /// The number under which the kernel knows it.
    var inode: UInt32 {
        var status = stat()
        unsafe fstat(descriptor.number, &status)
        return UInt32(truncatingIfNeeded: status.st_ino)
    }
}
