/// A local address that open connections have and no interface of the namespace has any more.
///
/// What comes for it is not delivered, and what is sent from it gets no answer: nobody tells the programs.
public struct GoneAddress: Sendable, Hashable, Codable {
    public var address: IPAddress
    /// Its connections by state, without TIME_WAIT; those of transparent sockets are not counted.
    public var states: StateCounts
    /// Those that wait for an answer to something they sent more than once.
    public var retransmitting: Int
    /// A few of them, to find the owner by.
    public var samples: [SocketSample]
    /// Of those looked at, who holds how many, most first.
    public var owners: [OwnerShare]

    public init(
        address: IPAddress, states: StateCounts, retransmitting: Int = 0,
        samples: [SocketSample] = [], owners: [OwnerShare] = []
    ) {
        self.address = address
        self.states = states
        self.retransmitting = retransmitting
        self.samples = samples
        self.owners = owners
    }
}
