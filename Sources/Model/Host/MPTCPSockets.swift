/// The sockets of Multipath TCP, which a dump of TCP sockets does not show: it shows their subflows.
///
/// A program that does not close such a connection leaves its subflows ESTABLISHED: the peer's end arrives as a
/// DATA_FIN, which only the MPTCP socket knows (`net/mptcp/protocol.c:mptcp_check_data_fin`).
public struct MPTCPSockets: Sendable, Hashable, Codable {
    public var states: StateCounts
    /// A few of those in CLOSE_WAIT.
    public var samples: [SocketSample]
    /// Of those looked at, who holds how many, most first.
    public var owners: [OwnerShare]

    public init(
        states: StateCounts = StateCounts(), samples: [SocketSample] = [],
        owners: [OwnerShare] = []
    ) {
        self.states = states
        self.samples = samples
        self.owners = owners
    }
}
