import HostState

/// The local ports that connect() may choose from in one namespace.
///
/// The range of `ip_local_port_range`, less `ip_local_reserved_ports`, less the ports that listening or bound
/// sockets hold: a port with such a socket, on whatever local address, is passed over for every destination.
/// Source: `net/ipv4/inet_hashtables.c:__inet_hash_connect`.
public struct PortBudget: Sendable, Hashable {
    /// Of Linux since 4.2; used where the setting could not be read.
    public static let standardRange: ClosedRange<Int> = 32768...60999

    public let range: ClosedRange<Int>
    /// Ports of the range that are reserved.
    public let reserved: Int
    /// Ports of the range that a listening or bound socket holds, and that are not reserved.
    public let held: Int
    /// Ports that are left to connect(), for each tuple anew.
    public let usable: Int
    /// Those of them with the parity of the range's low end, which connect() tries first.
    public let usableFirstParity: Int
    /// False where the range could not be read and the standard one is taken.
    public let isMeasured: Bool

    /// True where connect() tries even ports first.
    public var evenFirst: Bool { range.lowerBound % 2 == 0 }

    init(snapshot: Snapshot, settings: [String: Setting]) {
        let bounds = settings["net.ipv4.ip_local_port_range"]?.numbers
        if let bounds, bounds.count == 2, 0...65535 ~= bounds[0], bounds[0]...65535 ~= bounds[1] {
            range = Int(bounds[0])...Int(bounds[1])
            isMeasured = true
        } else {
            range = Self.standardRange
            isMeasured = false
        }
        var free = Array(repeating: false, count: 65536)
        for port in range { free[port] = true }
        var reserved = 0
        for part in PortSet(settings["net.ipv4.ip_local_reserved_ports"]?.value ?? "").ranges {
            for port in part where free[port] {
                free[port] = false
                reserved += 1
            }
        }
        var held = 0
        for port in snapshot.listeners.map(\.port) + (snapshot.boundPorts ?? [])
        where free[Int(port)] {
            free[Int(port)] = false
            held += 1
        }
        self.reserved = reserved
        self.held = held
        let first = range.lowerBound % 2
        var usable = 0
        var usableFirstParity = 0
        for port in range where free[port] {
            usable += 1
            if port % 2 == first { usableFirstParity += 1 }
        }
        self.usable = usable
        self.usableFirstParity = usableFirstParity
    }
}
