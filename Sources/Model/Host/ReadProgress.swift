/// Of the connections that held unread data at the earlier snapshot, what became of that data.
///
/// Told by each socket's cookie and the length of its receive queue: where that is no shorter, the program has read
/// nothing, or less than came.
public struct ReadProgress: Sendable, Hashable, Codable {
    /// Connections with unread data at the earlier snapshot, as far as they were kept.
    public var before: Int
    /// Those of them with exactly as many bytes unread now.
    public var same: Int
    /// Those with more.
    public var more: Int

    public init(before: Int, same: Int, more: Int) {
        self.before = before
        self.same = same
        self.more = more
    }
}

/// Outgoing connections to one address and port that are open and hold data that their program has not read.
public struct UnreadPeer: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var port: UInt16
    /// Connections with unread data.
    public var sockets: Int
    /// Bytes that lie unread in them.
    public var bytes: Int
    /// Nil without an interval.
    public var progress: ReadProgress?
    /// Whether this host has sent nothing on any of the samples; nil where that was not asked.
    public var isUnasked: Bool?
    public var samples: [SocketSample]
    public var owners: [OwnerShare]

    public init(
        address: IPAddress, port: UInt16, sockets: Int, bytes: Int, progress: ReadProgress? = nil,
        isUnasked: Bool? = nil, samples: [SocketSample] = [], owners: [OwnerShare] = []
    ) {
        self.address = address
        self.port = port
        self.sockets = sockets
        self.bytes = bytes
        self.progress = progress
        self.isUnasked = isUnasked
        self.samples = samples
        self.owners = owners
    }
}
