import Model

/// What counters show of connections that peers reset without having sent data, as the checks of a load balancer do: only
/// over an interval.
///
/// Segments with data are what is left of those received without acknowledgements alone, and without one segment that
/// opens and one that ends each connection. `TCPPureAcks` counts acknowledgements outside the fast path, `TCPHPAcks` those
/// in it, which on keep-alive connections carry requests as well (`net/ipv4/tcp_input.c:tcp_ack`).
struct ConnectionChecks {
    /// Connections that peers reset, and connections that this host accepted.
    let resets: Double
    let opened: Double
    /// Segments with data that arrived.
    let received: Double
    /// Segments with data or a FIN that this host sent.
    let sent: Double

    /// One in ten: connections under way at either look.
    static let tolerance = 0.1
    /// So many segments with data, each way, for each connection opened: others stay open and carry the traffic.
    static let manySegments = 10.0

    /// Nil if resets may be this host's own, or those of connections that it opened; or if a counter is missing.
    init?(_ resets: Int64, active: Int64, passive: Int64, aborts: [String], in situation: Situation)
    {
        func grown(_ group: String, _ name: String) -> Double? {
            situation.growth(group, name).map(Double.init)
        }
        let few = Self.tolerance * Double(resets)
        guard Double(active) <= few,
            aborts.reduce(0, { $0 + (grown("TcpExt", $1) ?? 0) }) <= few,
            let own = grown("Tcp", "OutRsts"), own <= few,
            let segments = grown("Tcp", "InSegs"), let slow = grown("TcpExt", "TCPPureAcks"),
            let fast = grown("TcpExt", "TCPHPAcks"), let sent = grown("TcpExt", "TCPOrigDataSent"),
            let before = situation.earlier?.counters["Tcp", "CurrEstab"],
            let now = situation.now.counters["Tcp", "CurrEstab"]
        else { return nil }
        let opened = Double(active) + Double(passive)
        let ended = max(0, opened - (Double(now) - Double(before)))
        self.resets = Double(resets)
        self.opened = opened
        received = max(0, segments - slow - fast - opened - ended)
        self.sent = sent
    }

    /// Whether the connections that were reset are those without data.
    ///
    /// Either as many brought none as were reset; or more did, and on as many this host sent nothing, not even a FIN.
    /// Far more without data prove nothing: probes that end with a FIN beside clients that reset after their request.
    var areChecks: Bool {
        let few = Self.tolerance * resets
        let empty = opened - received
        return abs(empty - resets) <= few
            || (empty >= resets - few && opened - sent >= resets - few)
    }

    /// Whether connections that stay open carry the traffic, so that no sum tells which connections were reset.
    var areBesideKeepAlive: Bool {
        min(received, sent) >= Self.manySegments * opened
    }
}
