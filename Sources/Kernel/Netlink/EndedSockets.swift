import CNetlink
import Glibc
import Model

/// The kernel's announcements of TCP sockets that are gone, each with its ends, as they come.
///
/// One comes when a full socket is freed, also when it leaves for TIME_WAIT; none when TIME_WAIT ends.
/// Source: `net/core/sock_diag.c:sock_diag_broadcast_destroy`.
package struct EndedSockets: ~Copyable {
    private static let mostTaken = 1024

    private let socket: NetlinkSocket

    private init(socket: consuming NetlinkSocket) { self.socket = socket }

    /// Of the namespace of the calling thread, from now on.
    package static func open() throws(KernelError) -> EndedSockets {
        let socket = try SocketDump.open()
        try socket.join(group: CInt(SKNLGRP_INET_TCP_DESTROY.rawValue))
        try socket.join(group: CInt(SKNLGRP_INET6_TCP_DESTROY.rawValue))
        return EndedSockets(socket: socket)
    }

    /// Ready when one has come.
    package var waitable: Waitable { Waitable(descriptor: socket.descriptor) }

    /// Takes those that have come; the peer's port is 0 after a reset.
    package func take() -> [SocketRow] {
        var sink = Rows()
        // Where the kernel had more than there was room for some are lost, which nobody relies on.
        // Nor are more taken at a time than a busy host ends while this one is waited for.
        while sink.rows.count < Self.mostTaken,
            (try? SocketDump.receiveWaiting(on: socket, into: &sink)) != nil
        {}
        return sink.rows
    }

    private struct Rows: SocketRowSink {
        var rows: [SocketRow] = []

        mutating func take(_ row: SocketRow, message: RawSpan) { rows.append(row) }
    }
}
