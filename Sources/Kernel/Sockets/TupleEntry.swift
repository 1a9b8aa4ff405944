import Model

/// A tuple and small counts of its sockets, 56 bytes.
struct TupleEntry: Sendable {
    private let sourceHigh: UInt64
    private let sourceLow: UInt64
    private let destinationHigh: UInt64
    private let destinationLow: UInt64
    /// The number of its detail, counted from 1; 0 for none.
    var detail: UInt32 = 0
    private let port: UInt16
    /// That of its first socket; 0 where it turned out to be a server's side and counts no more.
    var localPort: UInt16
    private(set) var total: UInt8 = 0
    private(set) var outsideRange: UInt8 = 0
    private(set) var even: UInt8 = 0
    private(set) var withoutInode: UInt8 = 0
    /// By state number; a connection has none of 0, 10 (LISTEN), 12 and 13, so that the first two count something else.
    private var byState: InlineArray<12, UInt8> = .init(repeating: 0)
    private static let retransmittingPlace = 0
    private static let heldFinWait2Place = 10

    init(_ tuple: Tuple, localPort: UInt16) {
        sourceHigh = tuple.source.high
        sourceLow = tuple.source.low
        destinationHigh = tuple.destination.high
        destinationLow = tuple.destination.low
        port = tuple.port
        self.localPort = localPort
    }

    var tuple: Tuple {
        Tuple(
            source: IPAddress(high: sourceHigh, low: sourceLow),
            destination: IPAddress(high: destinationHigh, low: destinationLow), port: port)
    }

    @inline(__always)
    func isOf(_ tuple: Tuple) -> Bool {
        destinationLow == tuple.destination.low && port == tuple.port
            && sourceLow == tuple.source.low
            && sourceHigh == tuple.source.high && destinationHigh == tuple.destination.high
    }

    subscript(state: TCPState) -> UInt8 {
        state.rawValue < 12 && state != .listen ? byState[Int(state.rawValue)] : 0
    }

    /// ESTABLISHED that send something again.
    var retransmitting: UInt8 { byState[Self.retransmittingPlace] }
    /// FIN_WAIT2 that a process holds.
    var heldFinWait2: UInt8 { byState[Self.heldFinWait2Place] }

    /// Counts a socket; the caller sees to it that no more than 255 come.
    mutating func count(_ row: SocketRow, isInRange: Bool) {
        total &+= 1
        let state = Int(row.state.rawValue)
        if state < 12, row.state != .listen { byState[state] &+= 1 }
        if !isInRange {
            outsideRange &+= 1
        } else if row.sourcePort & 1 == 0 {
            even &+= 1
        }
        if row.state == .timeWait { return }
        if row.inode == 0 {
            withoutInode &+= 1
        } else if row.state == .finWait2 {
            byState[Self.heldFinWait2Place] &+= 1
        }
        if row.state == .established, row.isRetransmitting {
            byState[Self.retransmittingPlace] &+= 1
        }
    }

    /// Adds the small counts of another.
    ///
    /// - Returns: false, and nothing added, where the sum is no small count.
    mutating func add(_ other: TupleEntry) -> Bool {
        guard Int(total) + Int(other.total) <= Int(UInt8.max) else { return false }
        total += other.total
        outsideRange += other.outsideRange
        even += other.even
        withoutInode += other.withoutInode
        for state in byState.indices { byState[state] += other.byState[state] }
        return true
    }
}
