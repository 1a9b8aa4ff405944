import Model

/// Address and port → the place of a listener, by open addressing.
///
/// A port may be listened on at hundreds of addresses, so that a search through the listeners of a port would cost more
/// than all the rest of a connection.
struct ListenerIndex: Sendable {
    /// No more than half of them are taken.
    private var slots: [Slot] = Array(repeating: Slot(), count: 64)
    private var count = 0
    /// A bit a port that has a listener: it says no to most connections, and stays in a processor's nearest cache.
    private var ports: [UInt64] = Array(repeating: 0, count: 65536 / 64)

    private struct Slot {
        var address = IPAddress.unspecifiedV6
        var port: UInt16 = 0
        /// -1 where the slot is free.
        var place: Int32 = -1
    }

    /// Whether there is any listener of that port.
    @inline(__always)
    func hasPort(_ port: UInt16) -> Bool {
        ports[Int(port >> 6)] >> UInt64(port & 63) & 1 != 0
    }

    subscript(address: IPAddress, port: UInt16) -> Int? {
        let place = slots[slot(of: address, port)].place
        return place < 0 ? nil : Int(place)
    }

    /// Stores a place for an address and port that have none.
    mutating func insert(_ place: Int, at address: IPAddress, _ port: UInt16) {
        ports[Int(port >> 6)] |= 1 << UInt64(port & 63)
        slots[slot(of: address, port)] = Slot(address: address, port: port, place: Int32(place))
        count += 1
        guard count * 2 > slots.count else { return }
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for one in old where one.place >= 0 { slots[slot(of: one.address, one.port)] = one }
    }

    /// Where the place of that address and port is, or would be.
    private func slot(of address: IPAddress, _ port: UInt16) -> Int {
        let mask = slots.count - 1
        let mixed = address.low ^ address.high &* 0xe703_7ed1_a0b4_28db ^ UInt64(port) << 32
        // Knuth: 2^64 divided by the golden ratio.
        var slot = Int(truncatingIfNeeded: (mixed &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
        while slots[slot].place >= 0, slots[slot].port != port || slots[slot].address != address {
            slot = (slot + 1) & mask
        }
        return slot
    }
}
