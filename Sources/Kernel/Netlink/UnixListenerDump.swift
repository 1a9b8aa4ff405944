import CNetlink
import Glibc
import Model

/// The listening Unix sockets of the network namespace of the calling thread, through sock_diag's AF_UNIX.
///
/// Source: `net/unix/diag.c`, `include/uapi/linux/unix_diag.h`. Of a listener `udiag_rqueue` is the number of connections
/// that wait (`sk_dump_queues`: the length of its receive queue) and `udiag_wqueue` its backlog.
enum UnixListenerDump {
    /// So many of those with connections waiting are kept: the fullest.
    static let mostKept = 64

    private static let headSize = 16
    private static let showName: UInt32 = 0x01
    private static let showQueue: UInt32 = 0x10
    private static let nameAttribute: CInt = 0
    private static let queueAttribute: CInt = 4

    /// Nil where this kernel has no such module.
    static func read() throws(KernelError) -> UnixListeners? {
        var message = NetlinkMessage(
            kind: UInt16(SOCK_DIAG_BY_FAMILY), flags: NLM_F_REQUEST | NLM_F_ROOT | NLM_F_MATCH)
        // struct unix_diag_req: family, protocol, padding; states; inode; show; cookie.
        message.append(UInt8(AF_UNIX))
        message.append(UInt8(0))
        message.append(UInt16(0))
        message.append(DiagRequest.listening)
        message.append(UInt32(0))
        message.append(showName | showQueue)
        message.append(UInt64.max)
        let socket = try SocketDump.open()
        try socket.send(message.finished)
        var listeners = UnixListeners(count: 0)
        var progress = DumpProgress.more
        while progress == .more {
            do throws(KernelError) {
                progress = try socket.receive { (datagram) throws(KernelError) in
                    try NetlinkMessages.forEach(
                        in: datagram, subject: SocketDump.family
                    ) { message in
                        guard message.byteCount >= headSize else { return }
                        listeners.count += 1
                        if let listener = waiting(message) { listeners.waiting.append(listener) }
                    }
                }
            } catch {
                guard error.isAbsent else { throw error }
                return nil
            }
        }
        listeners.waiting.sort { ($0.fill, $1.inode) > ($1.fill, $0.inode) }
        listeners.waiting.removeLast(max(0, listeners.waiting.count - mostKept))
        return listeners
    }

    /// A listener with a connection waiting; nil for another.
    static func waiting(_ message: RawSpan) -> UnixListener? {
        let attributes = NetlinkAttributes(message, from: headSize)
        guard let inode: UInt32 = message.integer(at: 4),
            let place = attributes[queueAttribute]?.lowerBound,
            let queue: UInt32 = message.integer(at: place),
            let backlog: UInt32 = message.integer(at: place + 4), queue > 0
        else { return nil }
        return UnixListener(
            path: attributes[nameAttribute].map { path(message, $0) } ?? "", inode: inode,
            queue: Int(queue), backlog: Int(backlog))
    }

    /// A zero byte begins an abstract name, and ends a path.
    private static func path(_ message: RawSpan, _ range: Range<Int>) -> String {
        var bytes = range.compactMap { message.integer(at: $0, as: UInt8.self) }
        if bytes.first == 0 {
            bytes[0] = UInt8(ascii: "@")
        } else if let end = bytes.firstIndex(of: 0) {
            bytes.removeLast(bytes.count - end)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UnixListener {
    fileprivate var fill: Double { Double(queue) / Double(backlog + 1) }
}
