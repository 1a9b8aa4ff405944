/// How many TIME_WAIT began in each of the last 60 seconds, told by what is left of their timers.
struct ClosingBuckets: Sendable {
    /// TIME_WAIT's length in milliseconds, compiled in (`include/net/tcp.h:TCP_TIMEWAIT_LEN`).
    static let length: UInt32 = 60000
    static let count = 61
    /// What most tuples have: one array for all of them.
    private static let none = [Int](repeating: 0, count: count)

    private var buckets: InlineArray<61, UInt32> = .init(repeating: 0)
    private var total = 0

    @inline(__always)
    mutating func add(_ row: SocketRow) {
        let left = min(row.expires, Self.length)
        buckets[Int((Self.length - left) / 1000)] += 1
        total += 1
    }

    mutating func add(_ other: ClosingBuckets) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        total += other.total
    }

    /// The buckets, raised in proportion where only some of the rows were seen; the dump's order is that of a hash.
    func scaled(to rows: Int) -> [Int] {
        guard total > 0 else { return Self.none }
        var counts = [Int](repeating: 0, count: Self.count)
        for index in counts.indices where buckets[index] > 0 {
            let count = Int(buckets[index])
            counts[index] = total == rows ? count : count * rows / total
        }
        return counts
    }
}
