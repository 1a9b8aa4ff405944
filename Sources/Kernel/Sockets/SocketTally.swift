import HostState

/// The sockets of a namespace, counted as they come in: by state, by listener, by tuple.
struct SocketTally: SocketRowSink, Sendable {
    /// The ports that connect() chooses from.
    let range: ClosedRange<UInt16>
    private(set) var listeners = ListenerTable()
    private(set) var tuples: TupleTable
    private var byState: InlineArray<14, Int> = .init(repeating: 0)
    private var withoutInodeByState: InlineArray<14, Int> = .init(repeating: 0)
    private var retransmittingByState: InlineArray<14, Int> = .init(repeating: 0)
    private var closings = ClosingBuckets()
    private(set) var boundPorts: [UInt16] = []
    /// Who holds which socket, where all processes were asked for.
    private(set) var owners: SocketOwnerCounts?

    /// - Parameter expected: how many sockets will come at most, as far as is known.
    init(range: ClosedRange<UInt16>, owners: SocketOwnerCounts? = nil, expecting expected: Int = 0)
    {
        self.range = range
        tuples = TupleTable(expecting: expected)
        self.owners = owners
    }

    @inline(__always)
    mutating func take(_ row: SocketRow, message: RawSpan) {
        let state = Int(row.state.rawValue)
        byState[state] += 1
        if row.state == .listen {
            owners?.count(row)
            listeners.add(row, message: message)
            return
        }
        if row.retransmits > 0 { retransmittingByState[state] += 1 }
        if row.state == .timeWait {
            closings.add(row)
        } else if row.inode == 0 {
            withoutInodeByState[state] += 1
        } else {
            owners?.count(row)
        }
        // A socket in CLOSE has no peer: it is bound and idle, or about to go.
        guard row.destinationPort != 0 else {
            if row.sourcePort != 0 { boundPorts.append(row.sourcePort) }
            return
        }
        guard !listeners.count(row) else { return }
        tuples.add(row, isInRange: range.contains(row.sourcePort), message: message)
    }

    var wantsNotice: Bool { tuples.isLarge }

    mutating func expect(_ row: SocketRow) {
        tuples.expect(
            Tuple(source: row.source, destination: row.destination, port: row.destinationPort))
    }

    /// Takes a row that did not come by netlink.
    mutating func takeWithoutMessage(_ row: SocketRow) {
        let none: [UInt8] = []
        unsafe take(row, message: none.span.bytes)
    }

    /// Adds what another tally counted; both began with the same listeners.
    mutating func add(_ other: SocketTally) {
        for state in byState.indices {
            byState[state] += other.byState[state]
            withoutInodeByState[state] += other.withoutInodeByState[state]
            retransmittingByState[state] += other.retransmittingByState[state]
        }
        closings.add(other.closings)
        boundPorts += other.boundPorts
        listeners.add(other.listeners)
        if let counts = other.owners { owners?.add(counts) }
        tuples.add(other.tuples)
    }

    /// The same listeners, and nothing counted yet: for a second dump beside this one.
    func emptied() -> SocketTally {
        var empty = SocketTally(range: range)
        empty.listeners = listeners
        empty.owners = owners?.emptied()
        return empty
    }

    /// Writes what was counted into a snapshot.
    ///
    /// - Parameter limit: how many tuples are kept one by one.
    func fill(_ snapshot: inout Snapshot, limit: Int) {
        for state in TCPState.allCases {
            snapshot.states[state] = byState[Int(state.rawValue)]
            snapshot.withoutInode[state] = withoutInodeByState[Int(state.rawValue)]
            snapshot.retransmitting[state] = retransmittingByState[Int(state.rawValue)]
        }
        snapshot.closings = closings.scaled(to: snapshot.states[.timeWait])
        snapshot.listeners = listeners.result
        let largest = tuples.largest(limit)
        snapshot.tuples = largest.ledgers
        snapshot.tupleCount = tuples.count
        snapshot.socketsInTuplesLeftOut = largest.socketsLeftOut
    }
}
