/// The local ports of one source address, each counted once however many destinations share it.
///
/// bind() with port 0 needs a port that no other socket of the address has, whatever its destination
/// (`net/ipv4/inet_connection_sock.c:inet_csk_find_open_port`): it fails when `distinct` reaches the usable ports, though
/// each destination may have few of them. Listeners and their connections are not counted.
public struct SourcePorts: Sendable, Hashable, Codable {
    public var address: IPAddress
    /// Sockets whose local port is in `ip_local_port_range`.
    public var sockets: Int
    /// Distinct local ports of those sockets.
    public var distinct: Int
    /// Distinct local ports that two sockets or more use, to different destinations.
    public var shared: Int
    /// Distinct local ports that are even; bind(0) tries the parity first that connect() tries last.
    public var even: Int
    /// Distinct destinations (address and port).
    public var destinations: Int
    /// Distinct local ports from 512 to 1023, which bindresvport(3) and the kernel's NFS client choose from.
    public var privileged: Int

    public init(
        address: IPAddress, sockets: Int, distinct: Int, shared: Int = 0, even: Int = 0,
        destinations: Int = 1, privileged: Int = 0
    ) {
        self.address = address
        self.sockets = sockets
        self.distinct = distinct
        self.shared = shared
        self.even = even
        self.destinations = destinations
        self.privileged = privileged
    }
}
