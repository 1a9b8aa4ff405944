/// A few sockets of one state, taken evenly over all of that state, and whose they are.
///
/// Names the program behind sockets that are spread over more destinations than are listed.
public struct StateSample: Sendable, Hashable, Codable {
    public var state: TCPState
    /// Sockets of that state that a process holds.
    public var held: Int
    /// Those of them with data that the program has not read; nil where not counted.
    public var unread: Int?
    /// The sockets looked at.
    public var samples: [SocketSample]
    /// Their owners, each with how many of the samples it holds, most first.
    public var owners: [OwnerShare]
    /// How long those of the samples that could be asked have been so; nil where none was asked.
    public var ages: [StateAge]?

    public init(
        state: TCPState, held: Int, unread: Int? = nil, samples: [SocketSample] = [],
        owners: [OwnerShare] = [], ages: [StateAge]? = nil
    ) {
        self.state = state
        self.held = held
        self.unread = unread
        self.samples = samples
        self.owners = owners
        self.ages = ages
    }
}

/// One of several owners, and how many of the sockets looked at it holds.
public struct OwnerShare: Sendable, Hashable, Codable {
    public var owner: Owner
    public var sockets: Int

    public init(owner: Owner, sockets: Int) {
        self.owner = owner
        self.sockets = sockets
    }
}
