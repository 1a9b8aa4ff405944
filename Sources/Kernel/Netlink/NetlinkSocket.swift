import CNetlink
import Glibc

/// A netlink socket of libnl, connected to the kernel and read into one buffer that is used again.
///
/// It stays in the network namespace in which it was opened, whatever the thread does afterwards.
@safe
package struct NetlinkSocket: ~Copyable {
    private let socket: OpaquePointer
    private let buffer: UnsafeMutableRawBufferPointer
    private let family: String

    /// Bytes of the receive buffer: the kernel packs no more than 32 KiB into one datagram of a dump.
    static let bufferSize = 32768

    private init(socket: OpaquePointer, family: String) {
        unsafe self.socket = socket
        unsafe buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
        self.family = family
    }

    /// Opens a socket of that netlink family; the kernel chooses its port id.
    package static func open(_ family: CInt, named name: String) throws(KernelError)
        -> NetlinkSocket
    {
        guard let socket = unsafe nl_socket_alloc() else {
            throw KernelError("allocate", "\(name) socket", code: ENOMEM)
        }
        errno = 0
        let code = unsafe nl_connect(socket, family)
        // libnl's own numbers tell a few errors apart; that of the call that failed is still there.
        let own = errno
        guard code >= 0 else {
            unsafe nl_socket_free(socket)
            guard own == 0 else { throw KernelError("open", "\(name) socket", code: own) }
            throw KernelError(
                "open", "\(name) socket", code: LibnlError.errno(code),
                detail: unsafe String(cString: nl_geterror(code)))
        }
        return unsafe NetlinkSocket(socket: socket, family: name)
    }

    var descriptor: CInt { unsafe nl_socket_get_fd(socket) }

    /// Receives the messages of a group of the family, too.
    func join(group: CInt) throws(KernelError) {
        var group = group
        _ = try systemCall("join a group of", family) {
            unsafe setsockopt(
                descriptor, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
                socklen_t(MemoryLayout<CInt>.size))
        }
    }

    /// Gives the kernel room to queue so many bytes of messages that nobody has read yet.
    func reserveReceiveQueue(bytes: CInt) {
        unsafe _ = nl_socket_set_buffer_size(socket, bytes, 0)
    }

    package func send(_ message: [UInt8]) throws(KernelError) {
        var message = message
        let code = unsafe nl_sendto(socket, &message, message.count)
        guard code >= 0 else {
            throw KernelError(
                "ask", family, code: LibnlError.errno(code),
                detail: unsafe String(cString: nl_geterror(code)))
        }
    }

    /// Waits for one datagram of the kernel and hands over its bytes, which are valid in the body only.
    ///
    /// A datagram that was not sent by the kernel is passed over: any process may send to a netlink socket.
    package func receive<Result>(
        flags: CInt = 0, _ body: (RawSpan) throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        while true {
            var sender = sockaddr_nl()
            var part = unsafe iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
            var header = unsafe msghdr()
            let count = try systemCall("read", family) {
                unsafe withUnsafeMutablePointer(to: &sender) { sender in
                    unsafe withUnsafeMutablePointer(to: &part) { part in
                        unsafe header.msg_name = UnsafeMutableRawPointer(sender)
                        unsafe header.msg_namelen = socklen_t(MemoryLayout<sockaddr_nl>.size)
                        unsafe header.msg_iov = part
                        unsafe header.msg_iovlen = 1
                        return unsafe recvmsg(descriptor, &header, flags)
                    }
                }
            }
            guard sender.nl_pid == 0 else { continue }
            guard unsafe header.msg_flags & CInt(MSG_TRUNC) == 0 else {
                throw KernelError("read", family, code: EMSGSIZE)
            }
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
            return try body(unsafe bytes.bytes)
        }
    }

    deinit {
        unsafe nl_socket_free(socket)
        unsafe buffer.deallocate()
    }
}
