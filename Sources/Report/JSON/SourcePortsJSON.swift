import Model

/// The local ports of one source address.
struct SourcePortsJSON: Encodable, Sendable {
    let address: IPAddress
    let sockets: Int
    let distinctPorts: Int
    let sharedPorts: Int
    let evenPorts: Int
    let destinations: Int
    let privilegedPorts: Int

    init(_ source: SourcePorts) {
        address = source.address
        sockets = source.sockets
        distinctPorts = source.distinct
        sharedPorts = source.shared
        evenPorts = source.even
        destinations = source.destinations
        privilegedPorts = source.privileged
    }

    enum CodingKeys: String, CodingKey {
        case address, sockets, destinations
        case distinctPorts = "distinct_ports"
        case sharedPorts = "shared_ports"
        case evenPorts = "even_ports"
        case privilegedPorts = "privileged_ports"
    }
}

/// Sockets of one local address that are bound and idle.
struct BoundSocketsJSON: Encodable, Sendable {
    let address: IPAddress
    let sockets: Int
    let portsInRange: Int
    let owner: OwnerJSON

    init(_ bound: BoundSockets) {
        address = bound.address
        sockets = bound.sockets
        portsInRange = bound.portsInRange
        owner = OwnerJSON(bound.owner)
    }

    enum CodingKeys: String, CodingKey {
        case address, sockets, owner
        case portsInRange = "ports_in_range"
    }
}

/// A server's side of connections whose listener is gone.
struct FormerListenerJSON: Encodable, Sendable {
    let address: IPAddress
    let port: UInt16
    let states: StateCounts
    let peers: Int
    let isTransparent: Bool

    init(_ listener: FormerListener) {
        address = listener.address
        port = listener.port
        states = listener.states
        peers = listener.peers
        isTransparent = listener.isTransparent
    }

    enum CodingKeys: String, CodingKey {
        case address, port, states, peers
        case isTransparent = "is_transparent"
    }
}
