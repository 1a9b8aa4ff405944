/// A state of a TCP socket, numbered as the kernel numbers it.
///
/// Source: `include/net/tcp_states.h`. Names are those of `/proc/net/tcp` and RFC 9293, as `ss` users know them.
public enum TCPState: UInt8, Sendable, Hashable, CaseIterable {
    case established = 1
    case synSent = 2
    case synReceived = 3
    case finWait1 = 4
    case finWait2 = 5
    case timeWait = 6
    case close = 7
    case closeWait = 8
    case lastAck = 9
    case listen = 10
    case closing = 11
    /// A request socket; the kernel reports it as SYN_RECV, this number appears in `/proc/net/tcp` only.
    case newSynReceived = 12
    /// Bound, neither listening nor connected (Linux 6.8 and later); sock_diag reports it as CLOSE.
    case boundInactive = 13

    /// The kernel's word for the state, as scripts match it: `TIME_WAIT`.
    public var name: String {
        switch self {
        case .established: "ESTABLISHED"
        case .synSent: "SYN_SENT"
        case .synReceived: "SYN_RECV"
        case .finWait1: "FIN_WAIT1"
        case .finWait2: "FIN_WAIT2"
        case .timeWait: "TIME_WAIT"
        case .close: "CLOSE"
        case .closeWait: "CLOSE_WAIT"
        case .lastAck: "LAST_ACK"
        case .listen: "LISTEN"
        case .closing: "CLOSING"
        case .newSynReceived: "NEW_SYN_RECV"
        case .boundInactive: "BOUND_INACTIVE"
        }
    }

    public init?(name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }

    /// True where this side has sent the first FIN: it closed, the peer did not.
    public var closedByThisSide: Bool {
        switch self {
        case .finWait1, .finWait2, .timeWait, .closing: true
        default: false
        }
    }

    /// True where the peer sent the first FIN.
    public var closedByPeer: Bool { self == .closeWait || self == .lastAck }
}

/// Written as its name.
extension TCPState: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let state = TCPState(name: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a TCP state")
        }
        self = state
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
