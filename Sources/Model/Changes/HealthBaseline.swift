/// What is usual on a host, in events a second and as a share, before it is changed.
public struct HealthBaseline: Sendable, Hashable {
    /// `TcpExt.ListenOverflows` a second.
    public var overflows: Double
    /// `Tcp.AttemptFails` a second.
    public var failures: Double
    /// `Tcp.RetransSegs` for each of `Tcp.OutSegs`.
    public var retransmissions: Double

    public init(overflows: Double, failures: Double, retransmissions: Double) {
        self.overflows = overflows
        self.failures = failures
        self.retransmissions = retransmissions
    }
}
