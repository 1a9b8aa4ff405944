/// Source address, destination address and destination port: the unit in which ephemeral ports run out.
public struct Tuple: Hashable, Sendable, Codable {
    public var source: IPAddress
    public var destination: IPAddress
    public var port: UInt16

    public init(source: IPAddress, destination: IPAddress, port: UInt16) {
        self.source = source
        self.destination = destination
        self.port = port
    }

    /// True where `tcp_tw_reuse = 2` counts the connection as local: one end is in 127/8 or is `::1`.
    ///
    /// Source: `net/ipv4/tcp_ipv4.c:tcp_twsk_unique`. An own address that is not in 127/8 does not count.
    public var isLoopback: Bool { source.isLoopback || destination.isLoopback }
}

extension IPAddress {
    /// The address with a port, the way it is typed: `10.0.0.9:5432`, `[::1]:5432`.
    public func with(port: UInt16) -> String {
        isIPv4 ? "\(self):\(port)" : "[\(self)]:\(port)"
    }
}

extension Tuple {
    /// `10.0.0.5 → 10.0.0.9:5432`.
    public var route: String { "\(source) → \(destination.with(port: port))" }
}
