/// Sockets of one local address that are bound and neither listen nor are connected (BOUND_INACTIVE, Linux 6.8 and later).
///
/// Each takes its port from bind() and connect() for every destination; no other dump of sockets shows them.
public struct BoundSockets: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var sockets: Int
    /// Their distinct ports within `ip_local_port_range`.
    public var portsInRange: Int
    /// A few of them, to find the owner by.
    public var samples: [SocketSample]
    public var owner: Owner

    public init(
        address: IPAddress, sockets: Int, portsInRange: Int, samples: [SocketSample] = [],
        owner: Owner = .unknown
    ) {
        self.address = address
        self.sockets = sockets
        self.portsInRange = portsInRange
        self.samples = samples
        self.owner = owner
    }
}
