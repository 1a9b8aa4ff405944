import Model

/// The listeners of a namespace and the sockets that belong to them.
struct ListenerTable: Sendable {
    private var listeners: [Entry] = []
    /// The first of each address and port.
    private var first = ListenerIndex()

    /// A listener as it is filled; what each connection asks of it lies here, not behind a reference.
    private struct Entry {
        var listener: Listener
        let address: IPAddress
        let interface: UInt32
        let onlyIPv6: Bool
        var byState: InlineArray<14, Int> = .init(repeating: 0)
        var withoutInodeByState: InlineArray<14, Int> = .init(repeating: 0)
        var retransmittedRequests = 0
        var retransmitting = 0
        var unread = 0
        /// Of each of its samples, how full that socket's queue is.
        var fills: [Double] = []
        /// Of several sockets, some spread over all of them: several programs may hold them.
        var spread: StateSamples?
        /// Of the connections that wait to be accepted.
        var unaccepted: StateSamples?
        /// Cookies of connections that wait to be accepted, where they are kept.
        var waiting: [UInt64] = []
        /// True for a socket of the IPv6 family bound to `::`: it takes IPv4 too, unless it is IPV6_V6ONLY.
        var isWildcardIPv6: Bool
        var peers = PeerSketch()
        /// The next listener of the same address and port.
        var next: Int?

        /// Adds a socket to the group; its fullest ones are kept as samples, the fullest first.
        mutating func add(_ sample: SocketSample, queue: Int, backlog: Int?, drops: UInt32?) {
            let fill = Double(queue) / Double((backlog ?? 0) + 1)
            listener.sockets += 1
            if listener.sockets > 1 {
                var spread = self.spread.take() ?? StateSamples()
                spread.count(sample)
                self.spread = spread
            }
            listener.queued = (listener.queued ?? 0) + queue
            if listener.sockets == 1 || fill > fills.first ?? 0 {
                listener.queue = queue
                listener.backlog = backlog
            }
            if let backlog {
                // A queue takes one more than its backlog (`include/net/sock.h:sk_acceptq_is_full`).
                listener.fullSockets = (listener.fullSockets ?? 0) + (queue > backlog ? 1 : 0)
                listener.emptySockets = (listener.emptySockets ?? 0) + (queue == 0 ? 1 : 0)
            }
            if let drops { listener.drops = (listener.drops ?? 0) + Int(drops) }
            let place = fills.firstIndex { $0 < fill } ?? fills.count
            guard place < ListenerTable.sampleLimit else { return }
            fills.insert(fill, at: place)
            listener.samples.insert(sample, at: place)
            if fills.count > ListenerTable.sampleLimit {
                fills.removeLast()
                listener.samples.removeLast()
            }
        }
    }

    /// So many listening sockets of one address and port are kept to find the owner by.
    static let sampleLimit = 4
    static let topPeers = 5

    var count: Int { listeners.count }

    /// How many cookies of waiting connections a listener keeps.
    var waitingLimit = 0
    /// Accepted connections that hold data which the program has not read.
    var unreadSockets = UnreadSockets()

    /// Adds a listening socket; those that share address and port by SO_REUSEPORT become one.
    @inline(never)
    mutating func add(_ row: SocketRow, message: RawSpan) {
        let sample = SocketSample(row, message: message)
        var row = row
        DiagRow.addAttributes(of: message, to: &row)
        let queue = Int(row.receiveQueue)
        // Of /proc/net/tcp there is no message, and its listeners' backlog is not shown.
        let backlog = message.byteCount == 0 ? nil : Int(row.sendQueue)
        var last: Int?
        var place = first[row.source, row.sourcePort]
        while let index = place {
            if listeners[index].interface == row.interface,
                listeners[index].onlyIPv6 == row.onlyIPv6
            {
                listeners[index].add(sample, queue: queue, backlog: backlog, drops: row.drops)
                return
            }
            last = index
            place = listeners[index].next
        }
        var entry = Entry(
            listener: Listener(
                address: row.source, port: row.sourcePort, interface: row.interface,
                onlyIPv6: row.onlyIPv6, sockets: 0),
            address: row.source, interface: row.interface, onlyIPv6: row.onlyIPv6,
            isWildcardIPv6: row.isFamilyIPv6 && row.source.isUnspecified)
        entry.add(sample, queue: queue, backlog: backlog, drops: row.drops)
        if let last {
            listeners[last].next = listeners.count
        } else {
            first.insert(listeners.count, at: row.source, row.sourcePort)
        }
        listeners.append(entry)
    }

    /// Whether there is a listener of that port, at whatever address.
    func hasPort(_ port: UInt16) -> Bool { first.hasPort(port) }

    /// Counts a connection with its listener.
    ///
    /// - Returns: false where none listens on its local end.
    @inline(__always)
    mutating func count(_ row: SocketRow) -> Bool {
        first.hasPort(row.sourcePort) && countOnPort(row)
    }

    @inline(never)
    private mutating func countOnPort(_ row: SocketRow) -> Bool {
        guard let index = listener(at: row.source, of: row) ?? wildcard(of: row) else {
            return false
        }
        count(row, at: index)
        return true
    }

    /// Of several that take a connection to any address, the one that was met first.
    private func wildcard(of row: SocketRow) -> Int? {
        let v4 = listener(at: .unspecifiedV4, of: row)
        guard let v6 = listener(at: .unspecifiedV6, of: row) else { return v4 }
        return v4.map { min($0, v6) } ?? v6
    }

    private func listener(at address: IPAddress, of row: SocketRow) -> Int? {
        var place = first[address, row.sourcePort]
        while let index = place {
            if matches(index, row) { return index }
            place = listeners[index].next
        }
        return nil
    }

    private func matches(_ index: Int, _ row: SocketRow) -> Bool {
        let interface = listeners[index].interface
        guard interface == 0 || row.interface == 0 || interface == row.interface else {
            return false
        }
        if listeners[index].address == row.source { return true }
        guard listeners[index].address.isUnspecified else { return false }
        return listeners[index].isWildcardIPv6
            ? !(listeners[index].onlyIPv6 && row.source.isIPv4) : row.source.isIPv4
    }

    private mutating func count(_ row: SocketRow, at index: Int) {
        listeners[index].byState[Int(row.state.rawValue)] += 1
        if row.inode == 0, row.state != .timeWait, row.state != .synReceived {
            listeners[index].withoutInodeByState[Int(row.state.rawValue)] += 1
            keepWaiting(row, at: index)
        }
        if row.state == .established, row.inode != 0, row.receiveQueue > 0 {
            listeners[index].unread += 1
            unreadSockets.keep(row, listener: index)
        }
        if row.retransmits > 0 {
            if row.state == .synReceived {
                listeners[index].retransmittedRequests += 1
            } else if row.state == .established, row.isRetransmitting {
                listeners[index].retransmitting += 1
            }
        }
        listeners[index].peers.add(row.destination)
    }

    /// Without a process, a connection in these states waits in the accept queue.
    private mutating func keepWaiting(_ row: SocketRow, at index: Int) {
        guard row.state == .established || row.state == .closeWait else { return }
        var unaccepted = listeners[index].unaccepted.take() ?? StateSamples()
        unaccepted.count(ends: row)
        listeners[index].unaccepted = unaccepted
        guard listeners[index].waiting.count < waitingLimit else { return }
        listeners[index].waiting.append(row.cookie)
    }

    /// Adds what another table counted of the same listeners.
    mutating func add(_ other: ListenerTable) {
        unreadSockets.add(other.unreadSockets)
        for index in listeners.indices where index < other.listeners.count {
            for state in listeners[index].byState.indices {
                listeners[index].byState[state] += other.listeners[index].byState[state]
                listeners[index].withoutInodeByState[state] +=
                    other.listeners[index].withoutInodeByState[state]
            }
            listeners[index].retransmittedRequests +=
                other.listeners[index].retransmittedRequests
            listeners[index].retransmitting += other.listeners[index].retransmitting
            listeners[index].unread += other.listeners[index].unread
            listeners[index].waiting += other.listeners[index].waiting
            if let more = other.listeners[index].unaccepted {
                var unaccepted = listeners[index].unaccepted.take() ?? StateSamples()
                unaccepted.add(more)
                listeners[index].unaccepted = unaccepted
            }
            listeners[index].peers.add(other.listeners[index].peers)
        }
    }

    /// The connections that wait, by listener.
    var waiting: WaitingConnections {
        var waiting = WaitingConnections()
        for entry in listeners where !entry.waiting.isEmpty {
            waiting.cookies[WaitingConnections.Key(entry.listener)] = Set(entry.waiting)
        }
        return waiting
    }

    /// Connections with unread data, by listener.
    var unreadQueues: [WaitingConnections.Key: UnreadSockets.Queues] {
        var result: [WaitingConnections.Key: UnreadSockets.Queues] = [:]
        for (place, queues) in unreadSockets.byListener where listeners.indices.contains(place) {
            result[WaitingConnections.Key(listeners[place].listener)] = queues
        }
        return result
    }

    /// The listeners by port and address.
    ///
    /// - Parameter asks: whether sock_diag is asked how long clients have waited, in the namespace of the calling thread.
    func result(asks: Bool = false) -> [Listener] {
        listeners.map { Self.filled($0, asks: asks) }.sorted {
            ($0.port, $0.address.high, $0.address.low, $0.interface)
                < ($1.port, $1.address.high, $1.address.low, $1.interface)
        }
    }

    private static func filled(_ entry: Entry, asks: Bool) -> Listener {
        var listener = entry.listener
        var withoutInode = StateCounts()
        for state in TCPState.allCases {
            listener.states[state] = entry.byState[Int(state.rawValue)]
            withoutInode[state] = entry.withoutInodeByState[Int(state.rawValue)]
        }
        listener.withoutInode = withoutInode.total
        listener.withoutInodeStates = withoutInode
        listener.retransmitting = entry.retransmitting
        listener.unread = entry.unread
        listener.retransmittedRequests = entry.retransmittedRequests
        listener.topPeers = entry.peers.top(Self.topPeers)
        if asks { listener.waited = entry.unaccepted?.waited() }
        for sample in entry.spread?.samples ?? []
        where !listener.samples.contains(where: { $0.inode == sample.inode }) {
            listener.samples.append(sample)
        }
        return listener
    }
}
