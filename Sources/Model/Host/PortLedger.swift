/// What one snapshot holds of one tuple: its sockets by state, the parity of their ports, and when they closed.
///
/// What is *usable* depends on the settings and is worked out by the audit.
public struct PortLedger: Sendable, Hashable, Codable {
    public var tuple: Tuple
    public var states: StateCounts
    /// Sockets whose local port connect() does not choose: outside `ip_local_port_range`, or reserved (older files: outside).
    public var outsideRange: Int
    /// How many of the other local ports in use are even; connect() takes the parity of the range's low end first.
    public var evenPorts: Int
    /// Sockets that left for TIME_WAIT, by whole seconds ago: 61 buckets, `[0]` within the last second.
    public var closings: [Int]
    /// Sockets without an owning process (inode 0), TIME_WAIT aside: orphans and connections not yet accepted.
    public var withoutInode: Int
    /// FIN_WAIT2 that a process still holds (shutdown(), or a peer that does not close): no timer ends those.
    public var heldFinWait2: Int?
    /// ESTABLISHED connections that send something again.
    public var retransmitting: Int?
    /// SYN_SENT whose SYN was sent again: nothing has answered yet; nil where not counted.
    public var unanswered: Int?
    /// Of sockets that are bound to several interfaces, how many share one, at most; nil where all are bound alike.
    ///
    /// The interface belongs to what tells connections apart (`include/net/inet_hashtables.h:inet_match`), so each has
    /// the ports anew.
    public var onOneInterface: Int?
    /// Whether the connections use timestamps, told by a live socket's `tcpi_options`; nil where none was asked.
    ///
    /// Without the peer's timestamps `tcp_tw_reuse` frees nothing (`net/ipv4/tcp_ipv4.c:tcp_twsk_unique`).
    public var usesTimestamps: Bool?
    /// A few live sockets, to find the owner by.
    public var samples: [SocketSample]
    public var owner: Owner
    /// Where several programs hold live sockets of the tuple: each with how many of those looked at.
    public var owners: [OwnerShare]?

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
