/// What a socket waits for, or what it takes while it lasts.
package enum SocketHold: String, Sendable, Hashable, CaseIterable {
    /// The program's accept().
    case accept
    /// The SYN-ACK of the peer.
    case answer
    /// The peer's ACK: of a handshake, of data, of a FIN.
    case ack
    /// The peer's FIN.
    case fin
    /// The program's close().
    case close
    /// Data, of either end: an idle connection.
    case data
    /// The program's read().
    case read
    /// Its local address, which must be this host's.
    case address
    case port
    case descriptor
    case memory

    /// For a sentence: `waits for accept()`.
    var words: String {
        switch self {
        case .accept: "waiting for accept()"
        case .answer: "waiting for the SYN-ACK"
        case .ack: "waiting for an ACK"
        case .fin: "waiting for the peer's FIN"
        case .close: "waiting for the program's close()"
        case .data: "idle"
        case .read: "waiting for the program's read()"
        case .address: "on an address of this host"
        case .port: "holding a local port"
        case .descriptor: "using a descriptor"
        case .memory: "using memory"
        }
    }
}
