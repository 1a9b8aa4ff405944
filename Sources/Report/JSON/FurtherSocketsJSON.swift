import Model

/// Connections on a local address that this host no longer has.
struct GoneAddressJSON: Encodable, Sendable {
    let address: IPAddress
    let states: StateCounts
    let retransmitting: Int
    let owners: [OwnerShareJSON]

    init(_ gone: GoneAddress) {
        address = gone.address
        states = gone.states
        retransmitting = gone.retransmitting
        owners = gone.owners.map(OwnerShareJSON.init)
    }
}

/// Consecutive local ports that are all in use.
struct PortBlockJSON: Encodable, Sendable {
    let source: IPAddress
    let low: UInt16
    let high: UInt16
    let destinations: Int
    let states: StateCounts
    let owners: [OwnerShareJSON]

    init(_ block: PortBlock) {
        source = block.source
        low = block.low
        high = block.high
        destinations = block.destinations
        states = block.states
        owners = block.owners.map(OwnerShareJSON.init)
    }
}

/// Outgoing connections to one address and port that hold unread data.
struct UnreadPeerJSON: Encodable, Sendable {
    let address: IPAddress
    let port: UInt16
    let sockets: Int
    let bytes: Int
    @Explicit var unreadBefore: Int?
    @Explicit var sameBytes: Int?
    @Explicit var moreBytes: Int?
    let owners: [OwnerShareJSON]

    init(_ peer: UnreadPeer) {
        address = peer.address
        port = peer.port
        sockets = peer.sockets
        bytes = peer.bytes
        unreadBefore = peer.progress?.before
        sameBytes = peer.progress?.same
        moreBytes = peer.progress?.more
        owners = peer.owners.map(OwnerShareJSON.init)
    }

    enum CodingKeys: String, CodingKey {
        case address, port, sockets, bytes, owners
        case unreadBefore = "unread_before"
        case sameBytes = "same_bytes"
        case moreBytes = "more_bytes"
    }
}

/// Outgoing connections to one address and port that the peer does not acknowledge, or has no room for.
struct StalledPeerJSON: Encodable, Sendable {
    let address: IPAddress
    let port: UInt16
    let sendingAgain: Int
    let lasting: Int
    let probing: Int
    let bytes: Int
    let asked: Int
    let closed: Int
    @Explicit var unanswered: Double?
    let owners: [OwnerShareJSON]

    init(_ peer: StalledPeer) {
        address = peer.address
        port = peer.port
        sendingAgain = peer.sendingAgain
        lasting = peer.lasting
        probing = peer.probing
        bytes = peer.bytes
        asked = peer.asked
        closed = peer.closed
        unanswered = peer.unanswered
        owners = peer.owners.map(OwnerShareJSON.init)
    }

    enum CodingKeys: String, CodingKey {
        case address, port, lasting, probing, bytes, asked, closed, owners
        case sendingAgain = "sending_again"
        case unanswered = "unanswered_seconds"
    }
}

/// The sockets of Multipath TCP.
struct MPTCPSocketsJSON: Encodable, Sendable {
    let states: StateCounts
    let owners: [OwnerShareJSON]

    init(_ sockets: MPTCPSockets) {
        states = sockets.states
        owners = sockets.owners.map(OwnerShareJSON.init)
    }
}
