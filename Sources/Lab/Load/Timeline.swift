/// Counts by tenths of a second.
struct Timeline {
    /// Nanoseconds.
    static let width: Int64 = 100_000_000
    static let columns = ["attempted", "completed", "dropped"] + Failure.names
    /// An hour: beyond it the last counts on.
    static let limit = 36_000

    private var counts: [UInt32] = []

    init() { counts.reserveCapacity(Self.columns.count * 600) }

    mutating func add(_ column: Int, at time: Int64) {
        let row = min(Int(max(time, 0) / Self.width), Self.limit - 1)
        let place = row * Self.columns.count + column
        if place >= counts.count {
            let rows = row + 1 - counts.count / Self.columns.count
            counts.append(contentsOf: repeatElement(0, count: rows * Self.columns.count))
        }
        counts[place] &+= 1
    }

    /// Adds what another counted.
    mutating func add(_ other: Timeline) {
        let more = other.counts.count - counts.count
        if more > 0 { counts.append(contentsOf: repeatElement(0, count: more)) }
        for index in other.counts.indices { counts[index] &+= other.counts[index] }
    }

    /// The columns by name, those of errors only where one occurred.
    var series: [String: [Int]] {
        let rows = counts.count / Self.columns.count
        var series: [String: [Int]] = [:]
        for (index, name) in Self.columns.enumerated() {
            let column = (0..<rows).map { Int(counts[$0 * Self.columns.count + index]) }
            if index < 3 || column.contains(where: { $0 > 0 }) { series[name] = column }
        }
        return series
    }
}
