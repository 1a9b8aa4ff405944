import Kernel
import Synchronization

/// Sockets that are open, so that each is closed once.
final class HeldSockets: Sendable {
    private let sockets = Mutex<Set<TCPSocket>>([])

    func hold(_ socket: TCPSocket) { sockets.withLock { _ = $0.insert(socket) } }

    /// Leaves it to the caller.
    ///
    /// - Returns: false where it is no longer open.
    func letGo(_ socket: TCPSocket) -> Bool { sockets.withLock { $0.remove(socket) != nil } }

    /// Closes all.
    func close() {
        let all = sockets.withLock { sockets in
            defer { sockets = [] }
            return sockets
        }
        for socket in all { socket.close() }
    }
}
