import Model

/// Server's sides of connections that no listener has: by local address and port.
struct FormerListenerTable: Sendable {
    /// Those of more addresses become one for each port: a transparent proxy has as many as the web has servers.
    static let mostAddresses = 1024
    /// So many live sockets of each are asked whether they are transparent.
    private static let looks = 16

    private struct Entry {
        let address: IPAddress
        let port: UInt16
        var byState: InlineArray<14, Int> = .init(repeating: 0)
        var isTransparent = false
        var looks = 0
    }

    private var entries: [Entry] = []
    /// Made for the first of them: most hosts have none.
    private var index: ListenerIndex?

    /// Counts a socket.
    @inline(never)
    mutating func count(_ row: SocketRow, message: RawSpan) {
        let place = place(of: row.source, row.sourcePort)
        entries[place].byState[Int(row.state.rawValue)] += 1
        guard row.state != .timeWait, !entries[place].isTransparent,
            entries[place].looks < Self.looks
        else { return }
        entries[place].looks += 1
        entries[place].isTransparent = DiagRow.isTransparent(message)
    }

    /// Counts sockets that were found to be of one.
    mutating func count(
        _ states: [(state: TCPState, count: Int)], at address: IPAddress, _ port: UInt16
    ) {
        let place = place(of: address, port)
        for (state, count) in states { entries[place].byState[Int(state.rawValue)] += count }
    }

    mutating func add(_ other: FormerListenerTable) {
        for theirs in other.entries {
            let place = place(of: theirs.address, theirs.port)
            for state in theirs.byState.indices {
                entries[place].byState[state] += theirs.byState[state]
            }
            entries[place].isTransparent = entries[place].isTransparent || theirs.isTransparent
        }
    }

    private mutating func place(of address: IPAddress, _ port: UInt16) -> Int {
        var index = self.index.take() ?? ListenerIndex()
        defer { self.index = index }
        if let place = index[address, port] { return place }
        let address =
            entries.count < Self.mostAddresses
            ? address : address.isIPv4 ? IPAddress.unspecifiedV4 : .unspecifiedV6
        if let place = index[address, port] { return place }
        index.insert(entries.count, at: address, port)
        entries.append(Entry(address: address, port: port))
        return entries.count - 1
    }

    /// Most sockets first.
    var result: [FormerListener] {
        entries.map { entry in
            var states = StateCounts()
            for state in TCPState.allCases { states[state] = entry.byState[Int(state.rawValue)] }
            // Each socket of a local address and port has a peer of its own.
            return FormerListener(
                address: entry.address, port: entry.port, states: states, peers: states.total,
                isTransparent: entry.isTransparent)
        }.sorted {
            ($0.peers, $1.port, $1.address.high, $1.address.low)
                > ($1.peers, $0.port, $0.address.high, $0.address.low)
        }
    }
}
