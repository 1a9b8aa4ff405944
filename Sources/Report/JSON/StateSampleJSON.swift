import Model

/// Whose the sockets of a state are, by a sample of them.
struct StateSampleJSON: Encodable, Sendable {
    let state: String
    let held: Int
    let samples: Int
    /// So long has one of those that were asked been so, at least; null where none was.
    @Explicit var longest: Double?
    let owners: [OwnerShareJSON]

    init(_ sample: StateSample) {
        state = sample.state.name
        held = sample.held
        samples = sample.samples.count
        longest = sample.ages?.map(\.seconds).max()
        owners = sample.owners.map(OwnerShareJSON.init)
    }

    enum CodingKeys: String, CodingKey {
        case state, held, samples, owners
        case longest = "longest_seconds"
    }
}

/// One of several owners.
struct OwnerShareJSON: Encodable, Sendable {
    let owner: OwnerJSON
    let sockets: Int

    init(_ share: OwnerShare) {
        owner = OwnerJSON(share.owner)
        sockets = share.sockets
    }
}

/// A socket that is connected to itself.
struct SelfConnectionJSON: Encodable, Sendable {
    let address: IPAddress
    let port: UInt16

    init(_ connection: SelfConnection) {
        address = connection.address
        port = connection.port
    }
}

/// The Unix listeners of a namespace.
struct UnixListenersJSON: Encodable, Sendable {
    let count: Int
    let waiting: [UnixListenerJSON]

    init(_ listeners: UnixListeners) {
        count = listeners.count
        waiting = listeners.waiting.map(UnixListenerJSON.init)
    }
}

/// A Unix listener with connections waiting.
struct UnixListenerJSON: Encodable, Sendable {
    let path: String
    let queue: Int
    let backlog: Int
    let owner: OwnerJSON

    init(_ listener: UnixListener) {
        path = listener.path
        queue = listener.queue
        backlog = listener.backlog
        owner = OwnerJSON(listener.owner)
    }
}
