import CNetlink
import Glibc
import Model
import Synchronization

/// The kernel's announcements of TCP sockets that end, in the namespace in which it was opened.
///
/// One comes when a full socket is freed, also when it leaves for TIME_WAIT; none when TIME_WAIT ends. Joining needs
/// no privilege. Source: `net/core/sock_diag.c:sock_diag_broadcast_destroy`.
final class DestroyEvents: Sendable {
    /// Room for some 20 000 announcements between two readings.
    private static let queueBytes: CInt = 8 << 20
    /// So many tuples are told apart; a host that ends connections to more has no single one in need.
    private static let tupleLimit = 65536

    private struct State: ~Copyable {
        let socket: NetlinkSocket
        var endings: [Tuple: Int] = [:]
        var overflows = 0
    }

    private let state: Mutex<State>
    let descriptor: CInt

    private init(_ socket: consuming sending NetlinkSocket) {
        descriptor = socket.descriptor
        state = Mutex(State(socket: socket))
    }

    static func open() throws(KernelError) -> DestroyEvents {
        let socket = try SocketDump.open()
        socket.reserveReceiveQueue(bytes: queueBytes)
        try socket.join(group: CInt(SKNLGRP_INET_TCP_DESTROY.rawValue))
        try socket.join(group: CInt(SKNLGRP_INET6_TCP_DESTROY.rawValue))
        return DestroyEvents(socket)
    }

    /// Takes in all announcements that have come.
    func drain() throws(KernelError) {
        try state.withLock { (state) throws(KernelError) in
            while true {
                do throws(KernelError) {
                    var sink = EndingSink(endings: state.endings)
                    state.endings = [:]
                    defer { state.endings = sink.endings }
                    try SocketDump.receiveWaiting(on: state.socket, into: &sink)
                } catch  where error.code == EAGAIN {
                    return
                } catch  where error.code == ENOBUFS {
                    state.overflows += 1
                }
            }
        }
    }

    /// What was counted so far, and whether announcements were lost.
    var endings: (byTuple: [Tuple: Int], lost: Bool) {
        state.withLock { ($0.endings, $0.overflows > 0) }
    }

    /// Counts announcements by tuple.
    private struct EndingSink: SocketRowSink {
        var endings: [Tuple: Int]

        mutating func take(_ row: SocketRow, message: RawSpan) {
            // After a reset or a refusal the kernel has already forgotten the peer's port.
            guard row.destinationPort != 0 else { return }
            let tuple = Tuple(
                source: row.source, destination: row.destination, port: row.destinationPort)
            guard endings[tuple] != nil || endings.count < DestroyEvents.tupleLimit else { return }
            endings[tuple, default: 0] += 1
        }
    }
}
