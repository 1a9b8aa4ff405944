package import Model

/// What the kernel says of the sockets on certain local ports: the answer to a dump that asked for those only.
package struct PortHolders: Sendable, Hashable {
    /// The ports that were asked for.
    package var ports: [UInt16]
    package var sockets: [LocalSocket]
    /// Those of the addresses asked for that are this host's own.
    package var own: [IPAddress]

    package init(ports: [UInt16], sockets: [LocalSocket] = [], own: [IPAddress] = []) {
        self.ports = ports
        self.sockets = sockets
        self.own = own
    }

    /// The sockets that stand in the way of a bind() to that port; nil where the port was not asked for.
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
    /// 0 where it is not connected.
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

    /// `38151 is held by nomad's connection to 127.0.0.1:8500 (ESTABLISHED)`.
    var sentence: String {
        let whose = owner.name.map { "\($0)'s" } ?? "a"
        switch state {
        case .listen: return "\(port) is held by \(whose) listener \(address.with(port: port))"
        case .timeWait:
            return "\(port) is held by a finished connection to \(peer.with(port: peerPort)) "
                + "in TIME_WAIT"
        case _ where peerPort == 0:
            return "\(port) is held by \(whose) socket, bound and not connected"
        default:
            return "\(port) is held by \(whose) connection to \(peer.with(port: peerPort)) "
                + "(\(state.name))"
        }
    }
}
