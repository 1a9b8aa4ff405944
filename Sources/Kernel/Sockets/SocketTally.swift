import Model

/// The sockets of a namespace, counted as they come in: by state, by listener, by tuple.
struct SocketTally: SocketRowSink, Sendable {
    /// The ports that connect() chooses from.
    let range: ClosedRange<UInt16>
    /// Those of them that it does not choose (`ip_local_reserved_ports`); nil for none.
    let reserved: PortSet?
    private(set) var listeners = ListenerTable()
    private(set) var tuples: TupleTable
    private var sources = SourcePortTable()
    private var former = FormerListenerTable()
    private(set) var addresses = LocalAddressTable()
    private var unread = UnreadSockets()
    private var stalled = StalledPeers()
    private var byState: InlineArray<14, Int> = .init(repeating: 0)
    private var withoutInodeByState: InlineArray<14, Int> = .init(repeating: 0)
    private var retransmittingByState: InlineArray<14, Int> = .init(repeating: 0)
    private var closings = ClosingBuckets()
    private var sampled = SampledStates()
    private var selfConnected: [SelfConnection] = []
    /// Sockets that may be a server's side: on a port that another one has, from a port that a client may have.
    private var doubtful = 0
    /// Who holds which socket, where all processes were asked for.
    private(set) var owners: SocketOwnerCounts?
    /// Sockets of each tuple by process, where all processes were asked for.
    private(set) var holders: TupleHolders?
    /// Whether all connections come, so that what they have in common can be told.
    var isComplete = true

    /// So many sockets that are connected to themselves are listed.
    static let mostSelfConnected = 16
    /// Clients of every system have ports from here on, of this one those of its range, too.
    ///
    /// RFC 6335 §6 has 49152; Linux chooses from 32768 on.
    private static let firstEphemeral: UInt16 = 32768
    /// Servers of the system have ports below, and so have clients that use bindresvport(3).
    private static let firstUnprivileged: UInt16 = 1024

    /// - Parameter expected: how many sockets will come at most, as far as is known.
    init(
        range: ClosedRange<UInt16>, reserved: PortSet? = nil, owners: SocketOwnerCounts? = nil,
        expecting expected: Int = 0
    ) {
        self.range = range
        self.reserved = reserved
        tuples = TupleTable(expecting: expected)
        self.owners = owners
        if owners != nil { holders = TupleHolders() }
    }

    /// Keeps the cookies of so many connections that wait to be accepted, of each listener.
    mutating func keepWaiting(_ limit: Int) { listeners.waitingLimit = limit }

    /// Keeps the cookies of so many connections with unread data.
    mutating func keepUnread(_ limit: Int) {
        unread.limit = limit
        listeners.unreadSockets.limit = limit
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
        if row.retransmits > 0, row.state != .established || row.isRetransmitting {
            retransmittingByState[state] += 1
        }
        if row.state == .timeWait {
            closings.add(row)
        } else {
            if row.inode == 0 {
                withoutInodeByState[state] += 1
            } else {
                owners?.count(row)
            }
            if row.retransmits > 0 || SampledStates.states >> UInt32(state) & 1 != 0 {
                sampled.count(row, message: message)
            }
        }
        addresses.count(row, message: message)
        // A socket in CLOSE has no peer: it is about to go.
        guard row.destinationPort != 0, !listeners.count(row) else { return }
        let isInRange = range.contains(row.sourcePort)
        guard isInRange || !isFormerListener(row) else {
            former.count(row, message: message)
            return
        }
        let met = tuples.countMet
        let isChosen = isInRange && !isReserved(row.sourcePort)
        tuples.add(row, isInRange: isChosen, message: message)
        let isShared = sources.count(
            row.source, port: row.sourcePort, isInRange: isChosen,
            isNewDestination: tuples.countMet != met)
        if isShared, isEphemeral(row.destinationPort) || !isInRange { doubtful += 1 }
        if row.sourcePort == row.destinationPort, row.source == row.destination {
            keepSelfConnected(row, message: message)
        }
        if row.receiveQueue > 0, row.state == .established, row.inode != 0 {
            unread.keepOutgoing(row, message: message)
        }
        if row.timer == 4 || row.retransmits > 0, row.state == .established {
            stalled.count(row, message: message)
        }
        if holders != nil { countHolder(of: row) }
    }

    @inline(__always)
    private func isReserved(_ port: UInt16) -> Bool { reserved?.contains(port) ?? false }

    @inline(__always)
    private func isEphemeral(_ port: UInt16) -> Bool {
        port >= Self.firstEphemeral || range.contains(port)
    }

    /// Whether a socket outside the range that no listener has is a server's side: its peer has a client's port, and is
    /// no server of this host.
    private func isFormerListener(_ row: SocketRow) -> Bool {
        guard isComplete, row.state != .synSent else { return false }
        let isClients =
            row.sourcePort < Self.firstUnprivileged
            ? row.destinationPort >= Self.firstEphemeral : isEphemeral(row.destinationPort)
        return isClients && !listeners.hasPort(row.destinationPort)
    }

    @inline(never)
    private mutating func keepSelfConnected(_ row: SocketRow, message: RawSpan) {
        guard selfConnected.count < Self.mostSelfConnected else { return }
        selfConnected.append(
            SelfConnection(
                address: row.source, port: row.sourcePort,
                sample: row.inode == 0 ? nil : SocketSample(row, message: message)))
    }

    private mutating func countHolder(of row: SocketRow) {
        guard row.inode != 0, let process = owners?.holder(of: row.inode) else { return }
        holders?.count(
            Tuple(source: row.source, destination: row.destination, port: row.destinationPort),
            process: process)
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
        listeners.add(other.listeners)
        former.add(other.former)
        addresses.add(other.addresses)
        unread.add(other.unread)
        stalled.add(other.stalled)
        sampled.add(other.sampled)
        selfConnected += other.selfConnected.prefix(Self.mostSelfConnected - selfConnected.count)
        doubtful += other.doubtful
        if let counts = other.owners { owners?.add(counts) }
        if let holders = other.holders { self.holders?.add(holders) }
        sources.add(other.sources)
        var sources = SourcePortTable()
        swap(&sources, &self.sources)
        tuples.add(other.tuples) { sources.countDestination(of: $0) }
        swap(&sources, &self.sources)
    }

    /// The same listeners, and nothing counted yet: for a second dump beside this one.
    func emptied() -> SocketTally {
        var empty = SocketTally(range: range, reserved: reserved)
        empty.listeners = listeners
        empty.unread.limit = unread.limit
        empty.owners = owners?.emptied()
        if owners != nil { empty.holders = TupleHolders() }
        empty.isComplete = isComplete
        return empty
    }

    /// Writes what was counted into a snapshot.
    ///
    /// - Parameter limit: how many tuples are kept one by one.
    mutating func fill(_ snapshot: inout Snapshot, limit: Int) {
        snapshot.states = states
        for state in TCPState.allCases {
            snapshot.withoutInode[state] = withoutInodeByState[Int(state.rawValue)]
            snapshot.retransmitting[state] = retransmittingByState[Int(state.rawValue)]
        }
        snapshot.closings = closings.scaled(to: snapshot.states[.timeWait])
        snapshot.listeners = listeners.result(asks: snapshot.source == .diag)
        let largest = largestTuples(limit)
        if isComplete {
            snapshot.formerListeners = former.result
            snapshot.sourcePorts = sources.result(range: range, reserved: reserved)
            snapshot.selfConnected = selfConnected
            snapshot.stateSamples = sampled.result(asks: snapshot.source == .diag)
            snapshot.unreadOutgoing = snapshot.source == .diag ? unread.peers : nil
            snapshot.stalledPeers = snapshot.source == .diag ? stalled.result() : nil
            if let unseen = sources.unseen(among: tuples) { snapshot.unseen.append(unseen) }
        }
        snapshot.tuples = largest.ledgers
        snapshot.tupleCount = tuples.count
        snapshot.socketsInTuplesLeftOut = largest.socketsLeftOut
    }

    /// All sockets by state.
    var states: StateCounts {
        var states = StateCounts()
        for state in TCPState.allCases { states[state] = byState[Int(state.rawValue)] }
        return states
    }

    /// The tuples with most ports in use, once the server's sides were taken out of them.
    mutating func largestTuples(_ limit: Int) -> (ledgers: [PortLedger], socketsLeftOut: Int) {
        if isComplete { foldServerSides() }
        return tuples.largest(limit)
    }

    /// Blocks of local ports without a gap, once the server's sides were taken out.
    var portRuns: [PortRun] { isComplete ? sources.runs(reserved: reserved) : [] }

    /// The connections that hold unread data, for another snapshot.
    var unreadReading: UnreadReading {
        UnreadReading(listeners: listeners.unreadQueues, peers: unread.byPeer)
    }

    /// Takes the server's sides within the range out of the tuples.
    private mutating func foldServerSides() {
        guard doubtful > 0 else { return }
        doubtful = 0
        var folding = ServerSides(range: range, firstEphemeral: Self.firstEphemeral)
        folding.find(in: tuples, sharing: &sources)
        for side in folding.sides {
            var states = StateCounts()
            for place in side.places { states = states + tuples.takeOut(at: place) }
            sources.takeOut(
                side.places.count, of: side.address, port: side.port,
                isInRange: range.contains(side.port) && !isReserved(side.port))
            former.count(states.present, at: side.address, side.port)
        }
    }
}
