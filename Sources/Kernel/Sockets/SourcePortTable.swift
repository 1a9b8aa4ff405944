import Model
import Text

/// Which local ports the sockets of each source address hold: a bit a port, and a second for those seen again.
///
/// 16 KiB an address, so no more of them than fit a processor's own cache are kept.
struct SourcePortTable: Sendable {
    /// So many addresses are told apart: those met first.
    static let mostAddresses = 64
    /// bindresvport(3) and the kernel's own NFS client choose among these (`net/sunrpc/xprtsock.c:xs_get_random_port`).
    static let privileged: ClosedRange<UInt16> = 512...1023
    private static let words = 65536 / 64

    /// In place, not behind references: a row that alternates between addresses asks for all of them.
    private var addresses: InlineArray<64, IPAddress> = .init(repeating: .unspecifiedV6)
    private var sockets: InlineArray<64, UInt32> = .init(repeating: 0)
    private var destinations: InlineArray<64, UInt32> = .init(repeating: 0)
    private var count = 0
    /// Of each address: the ports seen, then those seen again.
    private var bits: [UInt64] = []
    /// Place of an address, counted from 1, by open addressing; a quarter of them is taken at most.
    private var slots: InlineArray<256, UInt8> = .init(repeating: 0)
    /// The address of the row before, and its place (-1 where it is not kept).
    ///
    /// Before the first row it is one that no socket has: a multicast address is no source.
    private var last = IPAddress(high: .max, low: .max)
    private var place = -1
    /// Whether sockets of an address were not counted because there were too many addresses.
    private(set) var isOverfull = false

    /// Counts a socket that belongs to no listener.
    ///
    /// - Returns: whether another one of the address has its port.
    @inline(__always)
    mutating func count(
        _ address: IPAddress, port: UInt16, isInRange: Bool, isNewDestination: Bool
    ) -> Bool {
        if address.low != last.low || address.high != last.high { seek(address) }
        guard place >= 0 else { return false }
        if isNewDestination { destinations[place] &+= 1 }
        if isInRange { sockets[place] &+= 1 }
        let word = place &* (2 &* Self.words) &+ Int(port >> 6)
        let bit = (1 as UInt64) &<< UInt64(port & 63)
        let seen = bits[word]
        guard seen & bit != 0 else {
            bits[word] = seen | bit
            return false
        }
        return countAgain(word &+ Self.words, bit)
    }

    @inline(__always)
    private mutating func countAgain(_ word: Int, _ bit: UInt64) -> Bool {
        let seen = bits[word]
        if seen & bit == 0 { bits[word] = seen | bit }
        return true
    }

    /// Counts a destination that came with another table.
    mutating func countDestination(of address: IPAddress) {
        if address != last { seek(address) }
        if place >= 0 { destinations[place] += 1 }
    }

    /// Makes the address that of the row before.
    @inline(__always)
    private mutating func seek(_ address: IPAddress) {
        last = address
        // Knuth: 2^64 divided by the golden ratio.
        let mixed = (address.low ^ address.high &* 0xe703_7ed1_a0b4_28db) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: mixed >> 56)
        while slots[slot] != 0 {
            place = Int(slots[slot]) - 1
            if addresses[place].low == address.low, addresses[place].high == address.high { return }
            slot = (slot + 1) & 255
        }
        append(address, to: slot)
    }

    @inline(never)
    private mutating func append(_ address: IPAddress, to slot: Int) {
        guard count < Self.mostAddresses else {
            place = -1
            isOverfull = true
            return
        }
        place = count
        addresses[place] = address
        count += 1
        bits += repeatElement(0, count: 2 * Self.words)
        slots[slot] = UInt8(count)
    }

    /// Adds the ports that another table saw; its destinations come with the tuples.
    mutating func add(_ other: SourcePortTable) {
        isOverfull = isOverfull || other.isOverfull
        for theirs in 0..<other.count {
            seek(other.addresses[theirs])
            guard place >= 0 else { continue }
            sockets[place] += other.sockets[theirs]
            let from = theirs * 2 * Self.words
            let to = place * 2 * Self.words
            for word in 0..<Self.words {
                let seen = other.bits[from + word]
                bits[to + Self.words + word] |=
                    other.bits[from + Self.words + word] | bits[to + word] & seen
                bits[to + word] |= seen
            }
        }
    }

    /// Whether two sockets or more of the address have the port; true for an address that is not kept.
    mutating func isShared(_ address: IPAddress, _ port: UInt16) -> Bool {
        if address != last { seek(address) }
        guard place >= 0 else { return true }
        let word = place * 2 * Self.words + Self.words + Int(port >> 6)
        return bits[word] >> UInt64(port & 63) & 1 != 0
    }

    /// How many sockets of the address are in the range.
    mutating func sockets(of address: IPAddress) -> Int {
        if address != last { seek(address) }
        return place < 0 ? 0 : Int(sockets[place])
    }

    /// Takes the sockets of a server's side out again; its port stays taken.
    mutating func takeOut(_ count: Int, of address: IPAddress, port: UInt16, isInRange: Bool) {
        seek(address)
        guard place >= 0 else { return }
        let count = UInt32(clamping: count)
        destinations[place] -= min(count, destinations[place])
        if isInRange { sockets[place] -= min(count, sockets[place]) }
        let word = place * 2 * Self.words + Int(port >> 6)
        let others = ~((1 as UInt64) << UInt64(port & 63))
        bits[word + Self.words] &= others
        if !isInRange { bits[word] &= others }
    }

    /// The addresses that hold ports to speak of, most ports first.
    func result(range: ClosedRange<UInt16>, reserved: PortSet? = nil) -> [SourcePorts] {
        (0..<count).map { ports(at: $0, range: range, reserved: reserved) }
            .filter { $0.distinct > 0 || $0.privileged > 0 }
            .sorted {
                ($0.distinct, $0.privileged, $1.address.high, $1.address.low)
                    > ($1.distinct, $1.privileged, $0.address.high, $0.address.low)
            }
    }

    /// Blocks of ports without a gap, all of them in use.
    func runs(reserved: PortSet?) -> [PortRun] {
        (0..<count).flatMap { place in
            let start = place * 2 * Self.words
            return PortRun.all(
                of: addresses[place], in: bits[start..<start + Self.words], reserved: reserved)
        }
    }

    /// What is said where addresses were not counted; nil where all were.
    func unseen(among tuples: TupleTable) -> Unseen? {
        guard isOverfull else { return nil }
        let others = tuples.sources.subtracting((0..<count).map { addresses[$0] }).count
        return Unseen(
            what: "distinct local ports of \(others.grouped) other source addresses",
            why: "tcptune counts ports for \(Self.mostAddresses) addresses; these came later")
    }

    private func ports(
        at place: Int, range: ClosedRange<UInt16>, reserved: PortSet?
    ) -> SourcePorts {
        let seen = place * 2 * Self.words
        return SourcePorts(
            address: addresses[place], sockets: Int(sockets[place]),
            distinct: count(range, from: seen, besides: reserved),
            shared: count(range, from: seen + Self.words, besides: reserved),
            even: count(range, from: seen, among: 0x5555_5555_5555_5555, besides: reserved),
            destinations: Int(destinations[place]),
            privileged: count(Self.privileged, from: seen))
    }

    /// How many bits of the ports are set in the bitmap that begins there.
    private func count(
        _ ports: ClosedRange<UInt16>, from start: Int, among mask: UInt64 = .max,
        besides others: PortSet? = nil
    ) -> Int {
        let first = Int(ports.lowerBound)
        let last = Int(ports.upperBound)
        var count = 0
        for word in first / 64...last / 64 {
            var bits = bits[start + word] & mask
            if let others { bits &= ~others.bits(of: word) }
            if word == first / 64 { bits &= .max << UInt64(first & 63) }
            if word == last / 64 { bits &= .max >> UInt64(63 - last & 63) }
            count += bits.nonzeroBitCount
        }
        return count
    }
}
