/// Consecutive local ports of one source address, every one of which an outgoing connection holds.
///
/// connect() leaves gaps: it takes every second port until half of the range is used
/// (`net/ipv4/inet_hashtables.c:__inet_hash_connect`). A block without a gap is the work of a program that has a range of
/// its own, by bind() or by IP_LOCAL_PORT_RANGE, which no dump of sockets shows.
package struct PortBlock: Sendable, Hashable, Codable {
    package var source: IPAddress
    package var low: UInt16
    package var high: UInt16
    /// Distinct destinations (address and port) of its sockets.
    package var destinations: Int
    /// The destination with most of them, and how many it has.
    package var fullest: Tuple?
    package var fullestSockets: Int
    package var states: StateCounts
    /// Distinct ports of the source in `ip_local_port_range` that are not in the block.
    package var portsElsewhere: Int
    /// A few of its live sockets.
    package var samples: [SocketSample]
    /// Of those looked at, who holds how many, most first.
    package var owners: [OwnerShare]

    /// Ports from `low` to `high`.
    package var count: Int { max(0, Int(high) - Int(low) + 1) }

    package init(
        source: IPAddress, low: UInt16, high: UInt16, destinations: Int, fullest: Tuple? = nil,
        fullestSockets: Int = 0, states: StateCounts = StateCounts(), portsElsewhere: Int = 0,
        samples: [SocketSample] = [], owners: [OwnerShare] = []
    ) {
        self.source = source
        self.low = low
        self.high = high
        self.destinations = destinations
        self.fullest = fullest
        self.fullestSockets = fullestSockets
        self.states = states
        self.portsElsewhere = portsElsewhere
        self.samples = samples
        self.owners = owners
    }
}
