package import HostState

/// In which order addresses are to be tried.
package enum AddressOrder {
    /// Those that a route leads to before those that none leads to; the families in turns, IPv6 first (RFC 8305 §4).
    ///
    /// - Parameter isRouted: whether a route leads there.
    package static func sorted(
        _ addresses: [IPAddress], isRouted: (IPAddress) -> Bool = isRouted
    ) -> [IPAddress] {
        var groups: [[IPAddress]] = [[], []]
        for address in addresses { groups[isRouted(address) ? 0 : 1].append(address) }
        return groups.flatMap(inTurns)
    }

    private static func inTurns(_ addresses: [IPAddress]) -> [IPAddress] {
        let (six, four) = (addresses.filter { !$0.isIPv4 }, addresses.filter(\.isIPv4))
        var mixed: [IPAddress] = []
        for place in 0..<max(six.count, four.count) {
            if six.indices.contains(place) { mixed.append(six[place]) }
            if four.indices.contains(place) { mixed.append(four[place]) }
        }
        return mixed
    }

    /// Asks the kernel, by the connect() of a UDP socket, which sends nothing.
    package static func isRouted(_ address: IPAddress) -> Bool {
        let descriptor = UDPSocket.open(isIPv6: !address.isIPv4)
        guard descriptor >= 0 else { return false }
        let socket = UDPSocket(descriptor: descriptor)
        defer { socket.close() }
        return socket.connect(to: SocketAddress(address, port: 53)) == 0
    }
}
