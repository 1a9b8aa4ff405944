/// A few sockets of one state, taken evenly over all of that state, and whose they are.
///
/// Names the program behind sockets that are spread over more destinations than are listed.
package struct StateSample: Sendable, Hashable, Codable {
    package var state: TCPState
    /// Sockets of that state that a process holds.
    package var held: Int
    /// Those of them with data that the program has not read; nil where not counted.
    package var unread: Int?
    /// The sockets looked at.
    package var samples: [SocketSample]
    /// Their owners, each with how many of the samples it holds, most first.
    package var owners: [OwnerShare]

    package init(
        state: TCPState, held: Int, unread: Int? = nil, samples: [SocketSample] = [],
        owners: [OwnerShare] = []
    ) {
        self.state = state
        self.held = held
        self.unread = unread
        self.samples = samples
        self.owners = owners
    }
}

/// One of several owners, and how many of the sockets looked at it holds.
package struct OwnerShare: Sendable, Hashable, Codable {
    package var owner: Owner
    package var sockets: Int

    package init(owner: Owner, sockets: Int) {
        self.owner = owner
        self.sockets = sockets
    }
}
