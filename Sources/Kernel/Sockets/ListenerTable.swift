import HostState

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
        var withoutInode = 0
        var retransmittedRequests = 0
        /// True for a socket of the IPv6 family bound to `::`: it takes IPv4 too, unless it is IPV6_V6ONLY.
        var isWildcardIPv6: Bool
        var peers = PeerSketch()
        /// The next listener of the same address and port.
        var next: Int?
    }

    /// So many listening sockets of one address and port are kept to find the owner by.
    static let sampleLimit = 4
    static let topPeers = 5

    var count: Int { listeners.count }

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
                let found = listeners[index].listener
                listeners[index].listener.sockets += 1
                if Self.fill(queue, of: backlog) > Self.fill(found.queue, of: found.backlog) {
                    listeners[index].listener.queue = queue
                    listeners[index].listener.backlog = backlog
                }
                if found.samples.count < Self.sampleLimit {
                    listeners[index].listener.samples.append(sample)
                }
                return
            }
            last = index
            place = listeners[index].next
        }
        let entry = Entry(
            listener: Listener(
                address: row.source, port: row.sourcePort, interface: row.interface,
                onlyIPv6: row.onlyIPv6, queue: queue, backlog: backlog, samples: [sample]),
            address: row.source, interface: row.interface, onlyIPv6: row.onlyIPv6,
            isWildcardIPv6: row.isFamilyIPv6 && row.source.isUnspecified)
        if let last {
            listeners[last].next = listeners.count
        } else {
            first.insert(listeners.count, at: row.source, row.sourcePort)
        }
        listeners.append(entry)
    }

    private static func fill(_ queue: Int, of backlog: Int?) -> Double {
        Double(queue) / Double((backlog ?? 0) + 1)
    }

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
            listeners[index].withoutInode += 1
        }
        if row.state == .synReceived, row.retransmits > 0 {
            listeners[index].retransmittedRequests += 1
        }
        listeners[index].peers.add(row.destination)
    }

    /// Adds what another table counted of the same listeners.
    mutating func add(_ other: ListenerTable) {
        for index in listeners.indices where index < other.listeners.count {
            for state in listeners[index].byState.indices {
                listeners[index].byState[state] += other.listeners[index].byState[state]
            }
            listeners[index].withoutInode += other.listeners[index].withoutInode
            listeners[index].retransmittedRequests +=
                other.listeners[index].retransmittedRequests
            listeners[index].peers.add(other.listeners[index].peers)
        }
    }

    /// The listeners by port and address.
    var result: [Listener] {
        listeners.map(Self.filled).sorted {
            ($0.port, $0.address.high, $0.address.low, $0.interface)
                < ($1.port, $1.address.high, $1.address.low, $1.interface)
        }
    }

    private static func filled(_ entry: Entry) -> Listener {
        var listener = entry.listener
        for state in TCPState.allCases {
            listener.states[state] = entry.byState[Int(state.rawValue)]
        }
        listener.withoutInode = entry.withoutInode
        listener.retransmittedRequests = entry.retransmittedRequests
        listener.topPeers = entry.peers.top(Self.topPeers)
        return listener
    }
}
