import Model

/// The local addresses of open connections, and how many each has: those that are asked whether they still exist.
///
/// Connections of transparent sockets (TPROXY) are left out: their local address is their client's or server's, and never
/// was this host's.
struct LocalAddressTable: Sendable {
    /// So many addresses are told apart: those met first.
    static let mostAddresses = 128
    /// So many sockets of each are kept to find the owner by.
    private static let samplesKept = 4
    /// So many addresses of transparent sockets are looked at before no new address is.
    private static let mostTransparent = 4096
    /// States of connections that send or wait for something, and that an address is of use to.
    private static let states =
        DiagRequest.bit(.established) | DiagRequest.bit(.synSent) | DiagRequest.bit(.finWait1)
        | DiagRequest.bit(.closeWait) | DiagRequest.bit(.lastAck) | DiagRequest.bit(.closing)

    private struct Entry {
        let address: IPAddress
        var byState: InlineArray<14, UInt32> = .init(repeating: 0)
        var retransmitting: UInt32 = 0
        var samples: [SocketSample] = []
    }

    private var entries: [Entry] = []
    /// Place of an address, counted from 1, by open addressing; a quarter of them is taken at most.
    private var slots: InlineArray<512, UInt8> = .init(repeating: 0)
    /// The address of the row before, and its place (-1 where it is not kept).
    private var last = IPAddress(high: .max, low: .max)
    private var place = -1
    private var transparent = 0
    /// Whether there were more addresses than are kept.
    private(set) var isOverfull = false

    @inline(__always)
    mutating func count(_ row: SocketRow, message: RawSpan) {
        guard Self.states >> UInt32(row.state.rawValue) & 1 != 0 else { return }
        if row.source.low != last.low || row.source.high != last.high {
            seek(row.source, message: message)
        }
        guard place >= 0 else { return }
        entries[place].byState[Int(row.state.rawValue)] += 1
        if row.isRetransmitting { entries[place].retransmitting += 1 }
        if row.inode != 0, entries[place].samples.count < Self.samplesKept {
            entries[place].samples.append(SocketSample(row, message: message))
        }
    }

    /// Makes the address that of the row before.
    @inline(never)
    private mutating func seek(_ address: IPAddress, message: RawSpan?) {
        last = address
        // Knuth: 2^64 divided by the golden ratio.
        let mixed = (address.low ^ address.high &* 0xe703_7ed1_a0b4_28db) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: mixed >> 55)
        while slots[slot] != 0 {
            place = Int(slots[slot]) - 1
            if entries[place].address == address { return }
            slot = (slot + 1) & 511
        }
        place = -1
        guard !address.isAlwaysLocal else { return }
        guard entries.count < Self.mostAddresses, transparent < Self.mostTransparent else {
            isOverfull = true
            return
        }
        if let message, DiagRow.isTransparent(message) {
            transparent += 1
            return
        }
        place = entries.count
        entries.append(Entry(address: address))
        slots[slot] = UInt8(entries.count)
    }

    /// Adds what another table counted.
    mutating func add(_ other: LocalAddressTable) {
        isOverfull = isOverfull || other.isOverfull
        transparent += other.transparent
        for theirs in other.entries {
            seek(theirs.address, message: nil)
            guard place >= 0 else { continue }
            for state in theirs.byState.indices {
                entries[place].byState[state] += theirs.byState[state]
            }
            entries[place].retransmitting += theirs.retransmitting
            entries[place].samples += theirs.samples.prefix(
                Self.samplesKept - min(Self.samplesKept, entries[place].samples.count))
        }
    }

    /// All of them, whether they exist or not.
    var result: [GoneAddress] {
        entries.map { entry in
            var states = StateCounts()
            for state in TCPState.allCases {
                states[state] = Int(entry.byState[Int(state.rawValue)])
            }
            return GoneAddress(
                address: entry.address, states: states,
                retransmitting: Int(entry.retransmitting), samples: entry.samples)
        }
    }
}

extension IPAddress {
    /// Addresses that are not asked about: none, 127/8 and ::1, and link-local ones, which each interface has its own of.
    fileprivate var isAlwaysLocal: Bool {
        isUnspecified || isLoopback || high >> 54 == 0xfe80 >> 6
    }
}
