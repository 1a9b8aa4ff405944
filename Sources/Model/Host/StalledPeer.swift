/// Outgoing connections to one address and port whose data the peer does not acknowledge, or has no room for.
public struct StalledPeer: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var port: UInt16
    /// ESTABLISHED that wait for the acknowledgement of something they sent more than once.
    public var sendingAgain: Int
    /// Those of them that have sent it three times more, or oftener: more than a second without an answer.
    public var lasting: Int
    /// ESTABLISHED whose peer has closed its window: the persist timer runs, and probes are answered.
    public var probing: Int
    /// Bytes that lie in the send queues of those.
    public var bytes: Int
    /// Of the sockets that probe, how many were asked for how long (`tcpi_backoff`).
    public var asked: Int
    /// How many of those have probed four times or oftener: no room for three seconds and more.
    public var closed: Int
    /// Seconds, at least, for which something has been unanswered: the longest of the connections asked; nil where none was.
    public var unanswered: Double?
    public var samples: [SocketSample]
    public var owners: [OwnerShare]

    public init(
        address: IPAddress, port: UInt16, sendingAgain: Int = 0, lasting: Int = 0,
        probing: Int = 0, bytes: Int = 0, asked: Int = 0, closed: Int = 0,
        unanswered: Double? = nil,
        samples: [SocketSample] = [], owners: [OwnerShare] = []
    ) {
        self.address = address
        self.port = port
        self.sendingAgain = sendingAgain
        self.lasting = lasting
        self.probing = probing
        self.bytes = bytes
        self.asked = asked
        self.closed = closed
        self.unanswered = unanswered
        self.samples = samples
        self.owners = owners
    }
}
