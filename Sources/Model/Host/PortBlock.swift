/// Consecutive local ports of one source address, every one of which an outgoing connection holds.
///
/// connect() leaves gaps: it takes every second port until half of the range is used
/// (`net/ipv4/inet_hashtables.c:__inet_hash_connect`). A block without a gap is the work of a program that has a range of
/// its own, by bind() or by IP_LOCAL_PORT_RANGE, which no dump of sockets shows.
public struct PortBlock: Sendable, Hashable, Codable {
    public var source: IPAddress
    public var low: UInt16
    public var high: UInt16
    /// Distinct destinations (address and port) of its sockets.
    public var destinations: Int
    /// The destination with most of them, and how many it has.
    public var fullest: Tuple?
    public var fullestSockets: Int
    public var states: StateCounts
    /// Distinct ports of the source in `ip_local_port_range` that are not in the block.
    public var portsElsewhere: Int
    /// A few of its live sockets.
    public var samples: [SocketSample]
    /// Of those looked at, who holds how many, most first.
    public var owners: [OwnerShare]

    /// Ports from `low` to `high`.
    public var count: Int { max(0, Int(high) - Int(low) + 1) }

    public init(
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
