/// Socket inode → a number, by open addressing: 8 bytes a slot, at most 24 bytes an inode.
///
/// Serves for numbers of processes as well. Inode 0 means "no socket file" to the kernel (TIME_WAIT, not yet accepted), so it marks a free
/// slot.
struct InodeTable: Sendable {
    private var slots: [Slot]
    private(set) var count = 0

    private struct Slot {
        var inode: UInt32 = 0
        var value: Int32 = 0
    }

    init(expecting expected: Int = 0) {
        var capacity = 64
        while capacity * 3 / 4 <= expected { capacity *= 2 }
        slots = Array(repeating: Slot(), count: capacity)
    }

    subscript(inode: UInt32) -> Int32? {
        guard inode != 0 else { return nil }
        let slot = slots[place(of: inode)]
        return slot.inode == 0 ? nil : slot.value
    }

    /// Stores a number for an inode that has none; false where one was there, which stays.
    @discardableResult
    mutating func insert(_ inode: UInt32, _ value: Int32) -> Bool {
        guard inode != 0 else { return false }
        if (count + 1) * 4 > slots.count * 3 { grow() }
        let place = place(of: inode)
        guard slots[place].inode == 0 else { return false }
        slots[place] = Slot(inode: inode, value: value)
        count += 1
        return true
    }

    private func place(of inode: UInt32) -> Int {
        let mask = slots.count - 1
        // Inodes are handed out in order; the multiplication spreads them (Knuth: 2^64 divided by the golden ratio).
        var place = Int(truncatingIfNeeded: UInt64(inode) &* 0x9e37_79b9_7f4a_7c15 >> 32) & mask
        while slots[place].inode != 0, slots[place].inode != inode { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for slot in old where slot.inode != 0 { slots[place(of: slot.inode)] = slot }
    }
}
