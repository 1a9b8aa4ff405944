import Model

/// Open connections that hold data which their program has not read, told by their sockets' cookies.
///
/// Not a part of a snapshot: two of them an interval apart tell where a program reads nothing.
struct UnreadSockets: Sendable {
    /// So many are kept at the first of two looks, and at a single one.
    static let mostKept = 4096
    /// The same at the second, where those of the first are looked for.
    static let mostFound = 1 << 17
    /// So many destinations are told.
    static let mostPeers = 16
    /// So many sockets of a destination are looked up.
    private static let samplesKept = 4

    struct Peer: Hashable, Sendable {
        let address: IPAddress
        let port: UInt16
    }

    /// The connections of one listener or one destination: cookie and bytes that lie unread.
    typealias Queues = [UInt64: UInt32]

    private struct Outgoing {
        let peer: Peer
        let queue: UInt32
        let sample: SocketSample?
    }

    var limit = mostKept
    private var ofListeners: [UInt64: (queue: UInt32, listener: Int)] = [:]
    private var outgoing: [UInt64: Outgoing] = [:]

    /// One that was accepted from a listener, which is told by its place.
    mutating func keep(_ row: SocketRow, listener: Int) {
        guard row.cookie != 0, ofListeners.count < limit else { return }
        ofListeners[row.cookie] = (row.receiveQueue, listener)
    }

    /// One that this host opened.
    @inline(never)
    mutating func keepOutgoing(_ row: SocketRow, message: RawSpan) {
        guard row.cookie != 0, outgoing.count < limit else { return }
        outgoing[row.cookie] = Outgoing(
            peer: Peer(address: row.destination, port: row.destinationPort),
            queue: row.receiveQueue,
            sample: outgoing.count < Self.mostKept ? SocketSample(row, message: message) : nil)
    }

    mutating func add(_ other: UnreadSockets) {
        ofListeners.merge(other.ofListeners) { first, _ in first }
        outgoing.merge(other.outgoing) { first, _ in first }
    }

    /// By listener's place.
    var byListener: [Int: Queues] {
        var result: [Int: Queues] = [:]
        for (cookie, one) in ofListeners { result[one.listener, default: [:]][cookie] = one.queue }
        return result
    }

    var byPeer: [Peer: Queues] {
        var result: [Peer: Queues] = [:]
        for (cookie, one) in outgoing { result[one.peer, default: [:]][cookie] = one.queue }
        return result
    }

    /// The destinations with most of them, most first.
    var peers: [UnreadPeer] {
        var found: [Peer: UnreadPeer] = [:]
        for one in outgoing.values {
            var peer =
                found[one.peer]
                ?? UnreadPeer(address: one.peer.address, port: one.peer.port, sockets: 0, bytes: 0)
            peer.sockets += 1
            peer.bytes += Int(one.queue)
            if let sample = one.sample, peer.samples.count < Self.samplesKept {
                peer.samples.append(sample)
            }
            found[one.peer] = peer
        }
        return Array(
            found.values.sorted {
                ($0.sockets, $0.bytes, $1.port, $1.address.high, $1.address.low)
                    > ($1.sockets, $1.bytes, $0.port, $0.address.high, $0.address.low)
            }.prefix(Self.mostPeers))
    }

    /// What became of those that lay unread before.
    static func progress(from before: Queues, to now: Queues) -> ReadProgress {
        var progress = ReadProgress(before: before.count, same: 0, more: 0)
        for (cookie, queue) in before {
            guard let later = now[cookie] else { continue }
            if later == queue { progress.same += 1 } else if later > queue { progress.more += 1 }
        }
        return progress
    }
}

/// The same by what names a listener or a destination, for another snapshot.
struct UnreadReading: Sendable {
    var listeners: [WaitingConnections.Key: UnreadSockets.Queues] = [:]
    var peers: [UnreadSockets.Peer: UnreadSockets.Queues] = [:]

    /// Says of each listener and destination what became of the data that lay unread before.
    func fill(_ snapshot: inout Snapshot, since before: UnreadReading) {
        for index in snapshot.listeners.indices {
            let key = WaitingConnections.Key(snapshot.listeners[index])
            snapshot.listeners[index].reading = UnreadSockets.progress(
                from: before.listeners[key] ?? [:], to: listeners[key] ?? [:])
        }
        for index in (snapshot.unreadOutgoing ?? []).indices {
            guard let one = snapshot.unreadOutgoing?[index] else { continue }
            let peer = UnreadSockets.Peer(address: one.address, port: one.port)
            snapshot.unreadOutgoing?[index].progress = UnreadSockets.progress(
                from: before.peers[peer] ?? [:], to: peers[peer] ?? [:])
        }
    }
}
