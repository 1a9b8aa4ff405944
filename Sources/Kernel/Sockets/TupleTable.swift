import CNetlink
import Model

/// Sockets by tuple, in as little memory as a million distinct ones ask for.
///
/// Most tuples of a busy server hold few sockets: those are counted in 56 bytes. A tuple that holds more, or is one of
/// the first thousand, gets a detail of some 620 bytes: counts by state, ages, samples. An index of four bytes
/// a slot, at most three quarters full, leads to the entries by open addressing.
struct TupleTable: Sendable {
    /// So many tuples get a detail at once; it bounds what details cost where every socket has a tuple of its own.
    static let detailsAtOnce = 1024
    /// A tuple of so many sockets gets one in any case: the small counts are bytes.
    static let promotion: UInt8 = 255
    /// Room for more is not set aside: what a counter says is not to be trusted with all of memory.
    private static let mostRoom = 4 << 20
    private static let fewestSlots = 1024
    /// From so many slots on the table is worth huge pages.
    private static let manySlots = 1 << 18
    /// A tuple has a socket of each port at most; what hostile rows add beyond is not told apart.
    private static let mostPorts = 65535

    private var entries: [TupleEntry] = []
    private(set) var details: [TupleDetail] = []
    /// Entries that were taken out again, being a server's side.
    private var takenOut = 0
    /// A slot's entry, counted from 1, in as many low bits as the number of slots has; 0 where it is free.
    ///
    /// The bits above are a tag of the hash: most slots that are not meant are told by it, without a look at their entry.
    private var index: [UInt32]
    /// So many sockets will come at most, as far as is known.
    private let expected: Int
    private let seed: UInt64

    /// - Parameter sockets: how many will come at most, as far as is known: room for as many tuples is set aside, which
    ///   costs no memory until it is used, and saves to move them as they grow in number.
    init(expecting sockets: Int = 0) {
        entries.reserveCapacity(min(sockets, Self.mostRoom))
        index = Array(repeating: 0, count: Self.fewestSlots)
        expected = sockets
        // Peers may choose their addresses: a seed of our own keeps them from filling one chain.
        seed = UInt64.random(in: .min ... .max) | 1
    }

    var count: Int { entries.count - takenOut }

    /// How many were met so far.
    var countMet: Int { entries.count }

    /// True where the index is too large to stay in a processor's own cache.
    var isLarge: Bool { index.count >= Self.manySlots }

    /// Has the slot of a tuple brought nearer, of a socket that is counted soon: else each new tuple waits for memory.
    func expect(_ tuple: Tuple) {
        let slot = Int(truncatingIfNeeded: hash(tuple)) & (index.count - 1)
        unsafe index.withUnsafeBufferPointer { slots in
            unsafe tcptune_prefetch(slots.baseAddress?.advanced(by: slot))
        }
    }

    /// Counts a socket.
    @inline(__always)
    mutating func add(_ row: SocketRow, isInRange: Bool, message: RawSpan) {
        let place = place(
            of: Tuple(source: row.source, destination: row.destination, port: row.destinationPort),
            localPort: row.sourcePort)
        let detail = entries[place].detail
        if detail != 0 {
            details[Int(detail) - 1].count(row, isInRange: isInRange, message: message)
        } else if entries[place].total == Self.promotion || details.count < Self.detailsAtOnce {
            let detail = promote(place)
            details[Int(detail) - 1].count(row, isInRange: isInRange, message: message)
        } else {
            entries[place].count(row, isInRange: isInRange)
        }
    }

    /// Gives an entry a detail, which goes on from its small counts.
    @inline(never)
    private mutating func promote(_ place: Int) -> UInt32 {
        details.append(TupleDetail(entries[place]))
        entries[place].detail = UInt32(details.count)
        return UInt32(details.count)
    }

    /// Adds all that another table counted.
    ///
    /// - Parameter new: told of the source of each tuple that this one had not met.
    mutating func add(_ other: TupleTable, new: (IPAddress) -> Void) {
        for number in 0..<other.entries.count {
            let theirs = other.entries[number]
            let met = entries.count
            let place = place(of: theirs.tuple, localPort: theirs.localPort)
            if entries.count > met { new(theirs.tuple.source) }
            var detail = entries[place].detail
            if detail == 0, theirs.detail == 0, entries[place].add(theirs) { continue }
            if detail == 0 { detail = promote(place) }
            if theirs.detail == 0 {
                details[Int(detail) - 1].add(TupleDetail(theirs))
            } else {
                details[Int(detail) - 1].add(other.details[Int(theirs.detail) - 1])
            }
        }
    }

    /// The tuples with most ports in use, most first, and how many sockets the others hold.
    func largest(_ limit: Int) -> (ledgers: [PortLedger], socketsLeftOut: Int) {
        if entries.count <= limit {
            let order = entries.indices.lazy
                .filter { entries[$0].localPort != 0 }
                .map { (used: min(Int(size(at: $0).used), Self.mostPorts), place: $0) }
                .sorted { ($0.used, $1.place) > ($1.used, $0.place) }
            return (order.map { ledger(at: $0.place) }, 0)
        }
        // Counted by size first, so that of a million tuples only the largest are sorted.
        var bySize = [UInt32](repeating: 0, count: Self.mostPorts + 1)
        var total = 0
        for place in 0..<entries.count {
            let size = size(at: place)
            guard size.all > 0 else { continue }
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
            guard used >= floor, entries[place].localPort != 0 else { continue }
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
        guard entry.localPort != 0 else { return (0, 0) }
        guard entry.detail != 0 else {
            return (UInt32(entry.total - entry.outsideRange), UInt32(entry.total))
        }
        let place = Int(entry.detail) - 1
        let total = details[place].total
        return (total - details[place].outsideRange, total)
    }

    /// The source addresses of all tuples.
    var sources: Set<IPAddress> {
        var sources: Set<IPAddress> = []
        for entry in entries where entry.localPort != 0 { sources.insert(entry.tuple.source) }
        return sources
    }

    /// The tuples of one open socket each that a body says yes to.
    func single(
        where body: (_ tuple: Tuple, _ localPort: UInt16) -> Bool
    ) -> [(place: Int, tuple: Tuple, localPort: UInt16)] {
        var found: [(place: Int, tuple: Tuple, localPort: UInt16)] = []
        for place in 0..<entries.count {
            let entry = entries[place]
            guard entry.localPort != 0, entry.total == 1 || entry.detail != 0,
                size(at: place).all == 1, !isOpening(place), body(entry.tuple, entry.localPort)
            else { continue }
            found.append((place, entry.tuple, entry.localPort))
        }
        return found
    }

    /// Whether its socket is one that connect() opens, which no server's is.
    private func isOpening(_ place: Int) -> Bool {
        let entry = entries[place]
        guard entry.detail != 0 else { return entry[.synSent] > 0 }
        return details[Int(entry.detail) - 1].isOpening
    }

    /// The states of an entry's sockets, which count no more in this table.
    mutating func takeOut(at place: Int) -> StateCounts {
        let states = ledger(at: place).states
        entries[place].localPort = 0
        takenOut += 1
        return states
    }

    private func ledger(at place: Int) -> PortLedger {
        let entry = entries[place]
        guard entry.detail != 0 else {
            return TupleDetail(entry).ledger(of: entry.tuple, aged: false)
        }
        return details[Int(entry.detail) - 1].ledger(of: entry.tuple, aged: true)
    }

    /// Where the tuple's entry is; it is made if there is none.
    @inline(__always)
    private mutating func place(of tuple: Tuple, localPort: UInt16) -> Int {
        let hash = hash(tuple)
        let mask = UInt32(truncatingIfNeeded: index.count - 1)
        let tag = UInt32(truncatingIfNeeded: hash >> 32) & ~mask
        var slot = UInt32(truncatingIfNeeded: hash) & mask
        var found = index[Int(slot)]
        while found != 0 {
            if found & ~mask == tag {
                let place = Int(found & mask) - 1
                if entries[place].isOf(tuple) { return place }
            }
            slot = (slot + 1) & mask
            found = index[Int(slot)]
        }
        return append(TupleEntry(tuple, localPort: localPort), to: slot, tag: tag)
    }

    @inline(never)
    private mutating func append(_ entry: TupleEntry, to slot: UInt32, tag: UInt32) -> Int {
        entries.append(entry)
        index[Int(slot)] = tag | UInt32(truncatingIfNeeded: entries.count)
        if entries.count * 4 > index.count * 3 { grow() }
        return entries.count - 1
    }

    /// Makes room for four times as many, or for as many as will come: whatever is in the table is moved.
    private mutating func grow() {
        let isEnough = index.count * 2 * 3 / 4 >= expected
        let slots = index.count * (isEnough ? 2 : 4)
        index = Self.freeSlots(slots)
        if slots >= Self.manySlots { askForHugePages() }
        let mask = UInt32(truncatingIfNeeded: slots - 1)
        for place in 0..<entries.count {
            let hash = hash(entries[place].tuple)
            var slot = UInt32(truncatingIfNeeded: hash) & mask
            while index[Int(slot)] != 0 { slot = (slot + 1) & mask }
            index[Int(slot)] =
                UInt32(truncatingIfNeeded: hash >> 32) & ~mask
                | UInt32(truncatingIfNeeded: place + 1)
        }
    }

    private static func freeSlots(_ count: Int) -> [UInt32] {
        unsafe Array(unsafeUninitializedCapacity: count) { buffer, filled in
            if count >= manySlots {
                unsafe HugePages.ask(for: UnsafeMutableRawBufferPointer(buffer))
            }
            unsafe buffer.initialize(repeating: 0)
            filled = count
        }
    }

    /// For the entries that are still to come.
    private mutating func askForHugePages() {
        let room = entries.capacity
        unsafe entries.withUnsafeMutableBufferPointer { buffer in
            unsafe HugePages.ask(
                for: UnsafeMutableRawBufferPointer(
                    start: buffer.baseAddress, count: room * MemoryLayout<TupleEntry>.stride))
        }
    }

    /// Two rounds of multiply and fold over the 34 bytes.
    @inline(__always)
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
