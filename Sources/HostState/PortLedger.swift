/// What one snapshot holds of one tuple: its sockets by state, the parity of their ports, and when they closed.
///
/// What is *usable* depends on the settings and is worked out by the audit.
public struct PortLedger: Sendable, Hashable, Codable {
    public var tuple: Tuple
    public var states: StateCounts
    /// Sockets whose local port is not in `ip_local_port_range`: bound to it by their program.
    public var outsideRange: Int
    /// How many of the local ports in use within the range are even; connect() takes the parity of the range's low end first.
    public var evenPorts: Int
    /// Sockets that left for TIME_WAIT, by whole seconds ago: 61 buckets, `[0]` within the last second.
    public var closings: [Int]
    /// Sockets without an owning process (inode 0), TIME_WAIT aside: orphans and connections not yet accepted.
    public var withoutInode: Int
    /// A few live sockets, to find the owner by.
    public var samples: [SocketSample]
    public var owner: Owner

    /// Local ports of the range that are taken: each row of a tuple holds one of its own.
    public var used: Int { states.total - outsideRange }

    public init(
        tuple: Tuple, states: StateCounts, outsideRange: Int = 0, evenPorts: Int = 0,
        closings: [Int] = [], withoutInode: Int = 0, samples: [SocketSample] = [],
        owner: Owner = .unknown
    ) {
        self.tuple = tuple
        self.states = states
        self.outsideRange = outsideRange
        self.evenPorts = evenPorts
        self.closings = closings
        self.withoutInode = withoutInode
        self.samples = samples
        self.owner = owner
    }
}

/// One live socket by which an owner can be found.
public struct SocketSample: Sendable, Hashable, Codable {
    public var inode: UInt32
    public var uid: UInt32
    /// The inode of the control group's directory; 0 where the kernel did not send it (before 5.8).
    public var cgroup: UInt64
    public var localPort: UInt16
    public var state: TCPState

    public init(inode: UInt32, uid: UInt32, cgroup: UInt64, localPort: UInt16, state: TCPState) {
        self.inode = inode
        self.uid = uid
        self.cgroup = cgroup
        self.localPort = localPort
        self.state = state
    }
}
