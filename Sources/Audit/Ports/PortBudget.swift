import Model

/// The local ports that connect() may choose from in one namespace.
///
/// The range of `ip_local_port_range`, less `ip_local_reserved_ports`, less the ports that listening or bound sockets
/// hold: connect() skips a port with such a socket, on any local address, for every destination. Source:
/// `net/ipv4/inet_hashtables.c:__inet_hash_connect`.
package struct PortBudget: Sendable, Hashable {
    /// Of Linux since 4.2; used if the setting could not be read.
    package static let standardRange: ClosedRange<Int> = 32768...60999

    package let range: ClosedRange<Int>
    /// Ports of the range that are reserved.
    package let reserved: Int
    /// Ports of the range that a listening or bound socket holds, and that are not reserved.
    package let held: Int
    /// Those of them that only bound, idle sockets hold.
    package let bound: Int
    /// Ports that are left to connect(), for each tuple.
    package let usable: Int
    /// Those of them with the parity of the range's low end, which connect() tries first.
    package let usableFirstParity: Int
    /// Ports that would be left to connect() if no idle socket were bound.
    package var usableUnbound: Int { usable + bound }
    /// False if the range could not be read and the standard one is used.
    package let isMeasured: Bool

    /// True if connect() tries even ports first.
    package var evenFirst: Bool { range.lowerBound % 2 == 0 }

    init(snapshot: Snapshot, settings: [String: Setting]) {
        let bounds = settings["net.ipv4.ip_local_port_range"]?.numbers
        if let bounds, bounds.count == 2, 0...65535 ~= bounds[0], bounds[0]...65535 ~= bounds[1] {
            range = Int(bounds[0])...Int(bounds[1])
            isMeasured = true
        } else {
            range = Self.standardRange
            isMeasured = false
        }
        let first = range.lowerBound
        var isTaken = Array(repeating: false, count: range.count)
        // Of an odd number of ports one more has the first's parity.
        var usableFirstParity = (range.count + 1) / 2
        func take(_ port: Int) -> Int {
            guard !isTaken[port - first] else { return 0 }
            isTaken[port - first] = true
            if (port - first) % 2 == 0 { usableFirstParity -= 1 }
            return 1
        }
        var reserved = 0
        for part in PortSet(settings["net.ipv4.ip_local_reserved_ports"]?.value ?? "").ranges
        where part.overlaps(range) {
            for port in part.clamped(to: range) { reserved += take(port) }
        }
        var held = 0
        for port in snapshot.listeners.map(\.port) where range.contains(Int(port)) {
            held += take(Int(port))
        }
        var bound = 0
        for port in snapshot.boundPorts ?? [] where range.contains(Int(port)) {
            bound += take(Int(port))
        }
        held += bound
        self.reserved = reserved
        self.held = held
        self.bound = bound
        usable = range.count - reserved - held
        self.usableFirstParity = usableFirstParity
    }
}
