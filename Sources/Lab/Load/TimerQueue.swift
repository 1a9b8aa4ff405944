/// Places that wait for the same length of time each, so that who came first is due first; room is made once.
struct TimerQueue {
    private struct Entry {
        var slot: Int32
        var due: Int64
    }

    private var entries: [Entry]
    private var first = 0
    private(set) var count = 0

    init(room: Int) {
        entries = Array(repeating: Entry(slot: 0, due: 0), count: max(room, 1))
    }

    mutating func add(_ slot: Int, due: Int64) {
        precondition(count < entries.count, "a place waits once at a time")
        entries[(first + count) % entries.count] = Entry(slot: Int32(slot), due: due)
        count += 1
    }

    /// When the first is due.
    var next: Int64? { count > 0 ? entries[first].due : nil }

    /// The first, where it is due.
    mutating func take(at now: Int64) -> Int? {
        guard count > 0, entries[first].due <= now else { return nil }
        let slot = Int(entries[first].slot)
        first = (first + 1) % entries.count
        count -= 1
        return slot
    }
}
