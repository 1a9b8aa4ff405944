package import Model

/// What the kernel says of the sockets on certain local ports: the answer to a dump that asked for those only.
package struct PortHolders: Sendable, Hashable {
    /// The ports that were asked for.
    package var ports: [UInt16]
    package var sockets: [LocalSocket]
    /// Those of the requested addresses that this host has.
    package var own: [IPAddress]

    package init(ports: [UInt16], sockets: [LocalSocket] = [], own: [IPAddress] = []) {
        self.ports = ports
        self.sockets = sockets
        self.own = own
    }

    /// The sockets that prevent a bind() to that port; nil if the port was not asked for.
    func sockets(at port: UInt16, address: IPAddress? = nil) -> [LocalSocket]? {
        guard ports.contains(port) else { return nil }
        return sockets.filter { socket in
            guard socket.port == port else { return false }
            guard let address, !address.isUnspecified else { return true }
            return socket.address == address || socket.address.isUnspecified
        }
    }
}

/// A socket on a local port.
package struct LocalSocket: Sendable, Hashable {
    package var address: IPAddress
    package var port: UInt16
    package var peer: IPAddress
    /// 0 if it is not connected.
    package var peerPort: UInt16
    package var state: TCPState
    package var owner: Owner

    package init(
        address: IPAddress, port: UInt16, peer: IPAddress, peerPort: UInt16, state: TCPState,
        owner: Owner
    ) {
        self.address = address
        self.port = port
        self.peer = peer
        self.peerPort = peerPort
        self.state = state
        self.owner = owner
    }

    /// `nomad's connection to 127.0.0.1:8500 (ESTABLISHED) holds 38151`.
    var sentence: String {
        let whose = owner.name.map { "\($0)'s" } ?? "a"
        switch state {
        case .listen: return "\(whose) listener \(address.with(port: port)) holds \(port)"
        case .timeWait:
            return "a finished connection to \(peer.with(port: peerPort)) in TIME_WAIT holds "
                + "\(port)"
        case _ where peerPort == 0:
            return "\(whose) bound, unconnected socket holds \(port)"
        default:
            return "\(whose) connection to \(peer.with(port: peerPort)) (\(state.name)) holds "
                + "\(port)"
        }
    }
}
