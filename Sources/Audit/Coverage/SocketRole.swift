package import Model

/// What has a socket, and which end of a connection it is: the meaning of a state depends on it.
package enum SocketRole: String, Sendable, Hashable, CaseIterable {
    /// The socket that listens.
    case listener
    /// A request of a listener: no socket and no descriptor yet.
    case request
    /// Connected, and no process has accepted it yet.
    case waiting
    /// The listener's end of a connection, TIME_WAIT included.
    case server
    /// A connection that this host opened, TIME_WAIT included.
    case outgoing
    /// Closed by its process, and not over yet; at either end.
    case orphan
    /// The server's end of a connection whose listener is gone.
    case former
    /// Open in a process, neither listening nor connected.
    case unconnected

    /// The roles in which a socket can be in a state.
    ///
    /// Source: `net/ipv4/tcp.c:__tcp_close` (who becomes an orphan), `net/ipv4/tcp_minisocks.c:tcp_time_wait`.
    package static func possible(in state: TCPState) -> [SocketRole] {
        switch state {
        case .listen: [.listener]
        case .synSent: [.outgoing]
        case .synReceived, .newSynReceived: [.request]
        case .established, .closeWait: [.waiting, .server, .outgoing, .former]
        case .finWait1, .finWait2, .lastAck, .closing: [.server, .outgoing, .orphan, .former]
        case .timeWait: [.server, .outgoing, .former]
        case .close, .boundInactive: [.unconnected]
        }
    }

    /// For a sentence, after the state's name: `CLOSE_WAIT not yet accepted`.
    var words: String {
        switch self {
        case .listener: "of a server"
        case .request: "of a handshake"
        case .waiting: "not yet accepted"
        case .server: "at a listener"
        case .outgoing: "opened by this host"
        case .orphan: "without a process"
        case .former: "of a server that no longer listens"
        case .unconnected: "open in a process"
        }
    }
}
