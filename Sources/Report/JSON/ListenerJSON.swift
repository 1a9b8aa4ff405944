import Audit
import Model

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
    /// Connections dropped since listen(); null where the kernel did not tell.
    @Explicit var drops: Int?
    @Explicit var emptySockets: Int?
    @Explicit var fullSockets: Int?
    @Explicit var withoutInodeStates: StateCounts?
    @Explicit var retransmitting: Int?
    /// Of the connections that wait to be accepted, at least so long has one of those that were asked.
    @Explicit var waited: Double?
    @Explicit var waitingBefore: Int?
    @Explicit var accepted: Int?
    /// Accepted connections with data that the program has not read.
    @Explicit var unread: Int?
    /// Of those that had some at the earlier look: how many they were, and how many hold as much, or more.
    @Explicit var unreadBefore: Int?
    @Explicit var sameBytes: Int?
    @Explicit var moreBytes: Int?
    let topPeers: [PeerCount]
    let owner: OwnerJSON
    /// The programs that share the port; null where one has it.
    @Explicit var owners: [OwnerShareJSON]?

    init(_ listener: Listener, somaxconn: Int64?) {
        address = listener.address
        port = listener.port
        sockets = listener.sockets
        queue = listener.queue
        backlog = listener.backlog
        limitedBy = BacklogLimit(of: listener, somaxconn: somaxconn)?.rawValue
        states = listener.states
        retransmittedRequests = listener.retransmittedRequests
        drops = listener.drops
        emptySockets = listener.emptySockets
        fullSockets = listener.fullSockets
        withoutInodeStates = listener.withoutInodeStates
        retransmitting = listener.retransmitting
        waited = listener.waited
        waitingBefore = listener.accepted?.waitingBefore
        accepted = listener.accepted?.accepted
        unread = listener.unread
        unreadBefore = listener.reading?.before
        sameBytes = listener.reading?.same
        moreBytes = listener.reading?.more
        owners = listener.owners?.map(OwnerShareJSON.init)
        topPeers = listener.topPeers
        owner = OwnerJSON(listener.owner)
    }

    enum CodingKeys: String, CodingKey {
        case address, port, sockets, queue, backlog, states, owner, drops, retransmitting, accepted
        case unread, owners
        case unreadBefore = "unread_before"
        case sameBytes = "same_bytes"
        case moreBytes = "more_bytes"
        case emptySockets = "empty_sockets"
        case fullSockets = "full_sockets"
        case withoutInodeStates = "without_process_states"
        case waited = "waited_seconds"
        case waitingBefore = "waiting_before"
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
