/// A connection, and how long it has been, at least, in what it is a sample of.
public struct StateAge: Sendable, Hashable, Codable {
    public var tuple: Tuple
    public var localPort: UInt16
    /// In CLOSE_WAIT since the FIN of the peer, while retransmitting since the first segment that got no answer: at least so long.
    public var seconds: Double

    public init(tuple: Tuple, localPort: UInt16, seconds: Double) {
        self.tuple = tuple
        self.localPort = localPort
        self.seconds = seconds
    }
}
