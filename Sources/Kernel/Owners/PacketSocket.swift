import CNetlink
import Glibc

/// A Unix socket that keeps packets apart (SOCK_SEQPACKET, unix(7)); it never blocks.
package struct PacketSocket: ~Copyable {
    private let descriptor: FileDescriptor
    private let name: String

    private init(_ descriptor: consuming FileDescriptor, _ name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    private static let kind =
        CInt(SOCK_SEQPACKET.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)

    /// Connects to a file of the file system.
    package static func connect(to path: String) throws(KernelError) -> PacketSocket {
        let made = try make(path)
        try unsafe made.withAddress("connect to", path, Glibc.connect)
        return made
    }

    /// Listens at a file of the file system, which must not be there, for everybody to connect to: who asks is looked at.
    package static func listen(at path: String) throws(KernelError) -> PacketSocket {
        let made = try make(path)
        try unsafe made.withAddress("listen at", path, Glibc.bind)
        let number = made.descriptor.number
        _ = try systemCall("listen at", path) { unsafe chmod(path, 0o666) }
        _ = try systemCall("listen at", path) { Glibc.listen(number, 8) }
        return made
    }

    /// Removes a socket at which nobody listens any more; one that answers, and anything else, stays.
    package static func removeDead(_ path: String) throws(KernelError) {
        do throws(KernelError) { _ = try connect(to: path) } catch {
            if error.isRefusedConnection { remove(path) }
        }
    }

    package static func remove(_ path: String) { unsafe _ = unlink(path) }

    /// The one listening socket that systemd hands over (sd_listen_fds(3)); nil where it hands over none.
    package static func inherited() throws(KernelError) -> PacketSocket? {
        guard let process = Environment["LISTEN_PID"], Int32(process) == getpid() else {
            return nil
        }
        guard Environment["LISTEN_FDS"] == "1" else {
            throw KernelError(
                "take", "the sockets of systemd", code: EINVAL, detail: "one socket is wanted")
        }
        let first: CInt = 3
        var kind: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        _ = try systemCall("take", "the socket of systemd") {
            unsafe getsockopt(first, SOL_SOCKET, SO_TYPE, &kind, &length)
        }
        guard kind == CInt(SOCK_SEQPACKET.rawValue) else {
            throw KernelError(
                "take", "the socket of systemd", code: EINVAL,
                detail: "ListenSequentialPacket= makes such a socket")
        }
        _ = try systemCall("take", "the socket of systemd") {
            fcntl(first, F_SETFL, O_NONBLOCK) | fcntl(first, F_SETFD, FD_CLOEXEC)
        }
        return PacketSocket(FileDescriptor(owning: first), "the socket of systemd")
    }

    private static func make(_ path: String) throws(KernelError) -> PacketSocket {
        PacketSocket(
            FileDescriptor(
                owning: try systemCall("open", "a socket") { socket(AF_UNIX, kind, 0) }), path)
    }

    private func withAddress(
        _ operation: StaticString, _ path: String,
        _ call: (CInt, UnsafePointer<sockaddr>?, socklen_t) -> CInt
    ) throws(KernelError) {
        guard path.hasPrefix("/"), let address = ServiceNotice.address(path) else {
            throw KernelError(
                "\(operation)", path, code: EINVAL,
                detail: "it is not a path of fewer than 108 bytes")
        }
        let number = descriptor.number
        _ = try systemCall(operation, path) {
            unsafe address.withUnsafeBytes { address in
                unsafe call(
                    number, address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                    socklen_t(address.count))
            }
        }
    }

    /// The next that connects; nil where none waits.
    package func accept() throws(KernelError) -> PacketSocket? {
        let number = descriptor.number
        do throws(KernelError) {
            let accepted = FileDescriptor(
                owning: try systemCall("accept from", name) {
                    Glibc.accept(number, nil, nil)
                })
            let other = accepted.number
            _ = try systemCall("accept from", name) {
                fcntl(other, F_SETFL, O_NONBLOCK) | fcntl(other, F_SETFD, FD_CLOEXEC)
            }
            return PacketSocket(accepted, name)
        } catch {
            // One that has gone again.
            if [EAGAIN, ECONNABORTED].contains(error.code) { return nil }
            throw error
        }
    }

    /// The user at the other end when the connection was made (SO_PEERCRED); nil where the kernel does not tell.
    package var peerUser: UInt32? {
        var peer = PeerCredentials()
        var length = socklen_t(MemoryLayout<PeerCredentials>.size)
        let status = unsafe getsockopt(
            descriptor.number, SOL_SOCKET, SO_PEERCRED, &peer, &length)
        return status == 0 ? peer.user : nil
    }

    package var waitable: Waitable { Waitable(descriptor: descriptor.number) }
    package var writable: Waitable { Waitable(descriptor: descriptor.number, isWritten: true) }

    /// False where there is no room for it now.
    package func send(_ bytes: [UInt8]) throws(KernelError) -> Bool {
        let number = descriptor.number
        do throws(KernelError) {
            _ = try systemCall("write to", name) {
                unsafe Glibc.send(number, bytes, bytes.count, CInt(MSG_NOSIGNAL))
            }
            return true
        } catch {
            if error.code == EAGAIN { return false }
            throw error
        }
    }

    /// What came.
    package enum Received: Sendable, Hashable {
        case packet([UInt8])
        case nothing
        /// The other end has gone.
        case end
    }

    /// - Throws: EMSGSIZE for a packet that is longer than the limit, in bytes.
    package func receive(limit: Int) throws(KernelError) -> Received {
        let number = descriptor.number
        var buffer = [UInt8](repeating: 0, count: limit)
        do throws(KernelError) {
            // The length is that of the packet, also where it is longer than the room (MSG_TRUNC, recv(2)).
            let length = try systemCall("read from", name) {
                unsafe recv(number, &buffer, limit, CInt(MSG_TRUNC))
            }
            guard length <= limit else { throw KernelError("read from", name, code: EMSGSIZE) }
            return length == 0 ? .end : .packet(Array(buffer.prefix(length)))
        } catch {
            switch error.code {
            case EAGAIN: return .nothing
            case ECONNRESET: return .end
            default: throw error
            }
        }
    }
}

/// `struct ucred` of socket(7), which glibc hides without _GNU_SOURCE.
private struct PeerCredentials {
    var process: CInt = 0
    var user: uid_t = 0
    var group: gid_t = 0
}
