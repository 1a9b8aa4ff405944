import Audit
import HostState

/// A listening address with its queue and its connections.
struct ListenerJSON: Encodable, Sendable {
    let address: IPAddress
    let port: UInt16
    let sockets: Int
    let queue: Int
    /// Null where /proc/net/tcp was read.
    @Explicit var backlog: Int?
    @Explicit var limitedBy: String?
    let states: StateCounts
    let retransmittedRequests: Int
    let topPeers: [PeerCount]
    let owner: OwnerJSON

    init(_ listener: Listener, somaxconn: Int64?) {
        address = listener.address
        port = listener.port
        sockets = listener.sockets
        queue = listener.queue
        backlog = listener.backlog
        limitedBy = BacklogLimit(of: listener, somaxconn: somaxconn)?.rawValue
        states = listener.states
        retransmittedRequests = listener.retransmittedRequests
        topPeers = listener.topPeers
        owner = OwnerJSON(listener.owner)
    }

    enum CodingKeys: String, CodingKey {
        case address, port, sockets, queue, backlog, states, owner
        case limitedBy = "limited_by"
        case retransmittedRequests = "retransmitted_requests"
        case topPeers = "top_peers"
    }
}

/// A process that owns sockets of interest.
struct ProcessJSON: Encodable, Sendable {
    let pid: Int32
    let name: String
    @Explicit var unit: String?
    @Explicit var openFiles: Int?
    @Explicit var openFilesLimit: Int?
    @Explicit var states: StateCounts?

    init(_ process: ProcessInUse) {
        pid = process.pid
        name = process.name
        unit = process.unit
        openFiles = process.openFiles
        openFilesLimit = process.openFilesLimit
        states = process.states
    }

    enum CodingKeys: String, CodingKey {
        case pid, name, unit, states
        case openFiles = "open_files"
        case openFilesLimit = "open_files_limit"
    }
}
