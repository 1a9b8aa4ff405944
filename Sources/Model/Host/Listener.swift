/// A listening address and port, and all the sockets that belong to it.
///
/// Sockets that share address and port by SO_REUSEPORT are one listener; `sockets` tells how many.
public struct Listener: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var port: UInt16
    /// The interface it is bound to by SO_BINDTODEVICE, 0 for all.
    public var interface: UInt32
    /// That interface's name; nil where it is bound to none, or the name was not found.
    public var interfaceName: String?
    /// True for an IPv6 socket that takes no IPv4 connections (IPV6_V6ONLY).
    public var onlyIPv6: Bool
    /// How many listening sockets share the port.
    public var sockets: Int
    /// Connections waiting to be accepted, in the fullest of the sockets.
    public var queue: Int
    /// Connections waiting to be accepted, in all its sockets together; nil in older files.
    public var queued: Int?
    /// The effective backlog of that socket: min(listen()'s argument, somaxconn at that time).
    ///
    /// Nil where /proc/net/tcp was read, which does not show it.
    public var backlog: Int?
    /// Its connections by state.
    public var states: StateCounts
    /// SYN_RECV rows whose SYN-ACK was sent again: the third step does not arrive, or finds the queue full.
    public var retransmittedRequests: Int
    /// Connections that no process has accepted yet, or that outlived their process (inode 0, not TIME_WAIT).
    public var withoutInode: Int
    /// The same by state: CLOSE_WAIT among them are clients that gave up before they were accepted; nil in older files.
    public var withoutInodeStates: StateCounts?
    /// Connections of it that were dropped since listen(), over its sockets: `sk_drops`; nil where not reported.
    public var drops: Int?
    /// Of several sockets (SO_REUSEPORT), how many have an empty accept queue, and how many a full one.
    public var emptySockets: Int?
    public var fullSockets: Int?
    /// ESTABLISHED connections that send something again.
    public var retransmitting: Int?
    /// ESTABLISHED connections that were accepted and hold data that the program has not read; nil in older files.
    public var unread: Int?
    /// Seconds, at least, for which one of the connections has waited to be accepted: the longest of a few that were asked; nil
    /// where none was.
    public var waited: Double?
    /// What became of the connections that waited at the earlier snapshot; nil without an interval.
    public var accepted: AcceptProgress?
    /// What became of the data that lay unread at the earlier snapshot; nil without an interval.
    public var reading: ReadProgress?
    /// The peers with most sockets, most first.
    public var topPeers: [PeerCount]
    /// The listening sockets themselves, a few of them.
    public var samples: [SocketSample]
    public var owner: Owner
    /// Where several programs hold sockets of the port (SO_REUSEPORT): each with how many of those looked at.
    public var owners: [OwnerShare]?
    /// Of several sockets, whose the one with the fullest queue is; nil where that was not found.
    public var fullestOwner: Owner?

    public init(
        address: IPAddress, port: UInt16, interface: UInt32 = 0, onlyIPv6: Bool = false,
        sockets: Int = 1, queue: Int = 0, backlog: Int? = nil, states: StateCounts = StateCounts(),
        retransmittedRequests: Int = 0, withoutInode: Int = 0, topPeers: [PeerCount] = [],
        samples: [SocketSample] = [], owner: Owner = .unknown
    ) {
        self.address = address
        self.port = port
        self.interface = interface
        self.onlyIPv6 = onlyIPv6
        self.sockets = sockets
        self.queue = queue
        self.backlog = backlog
        self.states = states
        self.retransmittedRequests = retransmittedRequests
        self.withoutInode = withoutInode
        self.topPeers = topPeers
        self.samples = samples
        self.owner = owner
    }
}

/// Of the connections that waited in an accept queue at the earlier snapshot, how many were accepted since.
///
/// The queue is first in, first out (`net/ipv4/inet_connection_sock.c:inet_csk_accept`): where none of them was
/// accepted, none was at all.
public struct AcceptProgress: Sendable, Hashable, Codable {
    public var waitingBefore: Int
    public var accepted: Int

    public init(waitingBefore: Int, accepted: Int) {
        self.waitingBefore = waitingBefore
        self.accepted = accepted
    }
}

/// How many sockets a listener has with one peer address.
public struct PeerCount: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var count: Int
    /// By how much `count` may be too high; 0 is exact. (Peers are counted in bounded memory.)
    public var error: Int

    public init(address: IPAddress, count: Int, error: Int = 0) {
        self.address = address
        self.count = count
        self.error = error
    }
}
