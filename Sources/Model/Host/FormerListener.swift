/// Connections of a server's side whose listener is gone, or was never on that port (TPROXY).
///
/// Told from outgoing connections by the local port: outside `ip_local_port_range`, or one that connections to several
/// ports of peers share.
public struct FormerListener: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var port: UInt16
    public var states: StateCounts
    /// Distinct peers (address and port).
    public var peers: Int
    /// True where a socket has IP_TRANSPARENT: its local address is the one that the client meant, not this host's.
    public var isTransparent: Bool

    public init(
        address: IPAddress, port: UInt16, states: StateCounts, peers: Int,
        isTransparent: Bool = false
    ) {
        self.address = address
        self.port = port
        self.states = states
        self.peers = peers
        self.isTransparent = isTransparent
    }
}
