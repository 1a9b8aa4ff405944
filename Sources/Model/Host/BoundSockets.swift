/// Sockets of one local address that are bound and neither listen nor are connected (BOUND_INACTIVE, Linux 6.8 and later).
///
/// Each takes its port from bind() and connect() for every destination; no other dump of sockets shows them.
package struct BoundSockets: Sendable, Hashable, Codable {
    package var address: IPAddress
    package var sockets: Int
    /// Their distinct ports within `ip_local_port_range`.
    package var portsInRange: Int
    /// A few of them, to find the owner by.
    package var samples: [SocketSample]
    package var owner: Owner

    package init(
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
