import HostState

/// Sockets by tuple, in as little memory as a million distinct ones ask for.
///
/// Most tuples of a busy server hold few sockets: those are counted in 56 bytes. A tuple that holds more, or is one of
/// the first thousand, gets a detail of some 420 bytes: counts by state, ages, samples. An index of five bytes
/// a slot, at most three quarters full, leads to the entries by open addressing.
struct TupleTable: Sendable {
    /// So many tuples get a detail at once; it bounds what details cost where every socket has a tuple of its own.
    static let detailsAtOnce = 1024
    /// A tuple of so many sockets gets one in any case: the small counts are bytes.
    static let promotion: UInt8 = 255
    /// Room for more is not set aside: what a counter says is not to be trusted with all of memory.
    private static let mostRoom = 4 << 20
    /// A tuple has a socket of each port at most; what hostile rows add beyond is not told apart.
    private static let mostPorts = 65535

    private var entries: [TupleEntry] = []
    private(set) var details: [TupleDetail] = []
    /// A slot's tag, 0 where it is free: most slots that are not meant are told by it, without a look at their entry.
    private var tags: [UInt8]
    /// A slot's entry.
    private var index: [UInt32]
    private let seed: UInt64

    /// - Parameter sockets: how many will come at most, as far as is known: room for as many tuples is set aside, which
    ///   costs no memory until it is used, and saves to move them as they grow in number.
    init(expecting sockets: Int = 0) {
        entries.reserveCapacity(min(sockets, Self.mostRoom))
        tags = Array(repeating: 0, count: 1024)
        index = Array(repeating: 0, count: 1024)
        // Peers may choose their addresses: a seed of our own keeps them from filling one chain.
        seed = UInt64.random(in: .min ... .max) | 1
    }

    var count: Int { entries.count }

    /// Counts a socket.
    mutating func add(_ row: SocketRow, isInRange: Bool, message: RawSpan) {
        let place = place(
            of: Tuple(source: row.source, destination: row.destination, port: row.destinationPort))
        var detail = entries[place].detail
        if detail == 0 {
            guard entries[place].total == Self.promotion || details.count < Self.detailsAtOnce
            else {
                entries[place].count(row, isInRange: isInRange)
                return
            }
            details.append(TupleDetail(entries[place]))
            detail = UInt32(details.count)
            entries[place].detail = detail
        }
        details[Int(detail) - 1].count(row, isInRange: isInRange, message: message)
    }

    /// Adds all that another table counted.
    mutating func add(_ other: TupleTable) {
        for number in 0..<other.entries.count {
            let theirs = other.entries[number]
            let place = place(of: theirs.tuple)
            var detail = entries[place].detail
            if detail == 0, theirs.detail == 0, entries[place].add(theirs) { continue }
            if detail == 0 {
                details.append(TupleDetail(entries[place]))
                detail = UInt32(details.count)
                entries[place].detail = detail
            }
            if theirs.detail == 0 {
                details[Int(detail) - 1].add(TupleDetail(theirs))
            } else {
                details[Int(detail) - 1].add(other.details[Int(theirs.detail) - 1])
            }
        }
    }

    /// The tuples with most ports in use, most first, and how many sockets the others hold.
    func largest(_ limit: Int) -> (ledgers: [PortLedger], socketsLeftOut: Int) {
        // Counted by size first, so that of a million tuples only the largest are sorted.
        var bySize = [UInt32](repeating: 0, count: Self.mostPorts + 1)
        var total = 0
        for place in 0..<entries.count {
            let size = size(at: place)
            total += Int(size.all)
            bySize[min(Int(size.used), Self.mostPorts)] += 1
        }
        var floor = Self.mostPorts
        var room = limit
        while floor > 0, Int(bySize[floor]) < room {
            room -= Int(bySize[floor])
            floor -= 1
        }
        var chosen: [(used: Int, place: Int)] = []
        for place in 0..<entries.count {
            let used = min(Int(size(at: place).used), Self.mostPorts)
            guard used >= floor else { continue }
            if used == floor {
                // Of those that are as small as the smallest kept, as many as there is room for.
                guard room > 0 else { continue }
                room -= 1
            }
            chosen.append((used, place))
        }
        chosen.sort { ($0.used, $1.place) > ($1.used, $0.place) }
        let ledgers = chosen.map { ledger(at: $0.place) }
        return (ledgers, total - ledgers.reduce(0) { $0 + $1.states.total })
    }

    private func size(at place: Int) -> (used: UInt32, all: UInt32) {
        let entry = entries[place]
        guard entry.detail != 0 else {
            return (UInt32(entry.total - entry.outsideRange), UInt32(entry.total))
        }
        let place = Int(entry.detail) - 1
        let total = details[place].total
        return (total - details[place].outsideRange, total)
    }

    private func ledger(at place: Int) -> PortLedger {
        let entry = entries[place]
        guard entry.detail != 0 else {
            return TupleDetail(entry).ledger(of: entry.tuple, aged: false)
        }
        return details[Int(entry.detail) - 1].ledger(of: entry.tuple, aged: true)
    }

    /// Where the tuple's entry is; it is made if there is none.
    private mutating func place(of tuple: Tuple) -> Int {
        let hash = hash(tuple)
        let tag = Self.tag(hash)
        let mask = tags.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while tags[slot] != 0 {
            if tags[slot] == tag {
                let place = Int(index[slot])
                if entries[place].isOf(tuple) { return place }
            }
            slot = (slot + 1) & mask
        }
        tags[slot] = tag
        index[slot] = UInt32(entries.count)
        entries.append(TupleEntry(tuple))
        if entries.count * 4 > tags.count * 3 { grow() }
        return entries.count - 1
    }

    private mutating func grow() {
        let mask = tags.count * 2 - 1
        tags = Array(repeating: 0, count: mask + 1)
        index = Array(repeating: 0, count: mask + 1)
        for place in 0..<entries.count {
            let hash = hash(entries[place].tuple)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while tags[slot] != 0 { slot = (slot + 1) & mask }
            tags[slot] = Self.tag(hash)
            index[slot] = UInt32(place)
        }
    }

    /// Seven bits that the slot does not depend on, and one that says the slot is taken.
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 56) | 1 }

    /// Two rounds of multiply and fold over the 34 bytes.
    private func hash(_ tuple: Tuple) -> UInt64 {
        let first = (tuple.source.low ^ tuple.source.high &* 0x9e37_79b9_7f4a_7c15 ^ seed)
            .multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
        let middle = first.low ^ first.high ^ tuple.destination.low
        let second =
            (middle ^ tuple.destination.high &* 0xe703_7ed1_a0b4_28db ^ UInt64(tuple.port) << 47)
            .multipliedFullWidth(by: 0x8ebc_6af0_9c88_c6e3 ^ seed)
        return second.low ^ second.high
    }
}
