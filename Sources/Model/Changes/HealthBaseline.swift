/// What is usual on a host, in events a second and as a share, before it is changed.
package struct HealthBaseline: Sendable, Hashable {
    /// `TcpExt.ListenOverflows` a second.
    package var overflows: Double
    /// `Tcp.AttemptFails` a second.
    package var failures: Double
    /// `Tcp.RetransSegs` for each of `Tcp.OutSegs`.
    package var retransmissions: Double

    package init(overflows: Double, failures: Double, retransmissions: Double) {
        self.overflows = overflows
        self.failures = failures
        self.retransmissions = retransmissions
    }
}
