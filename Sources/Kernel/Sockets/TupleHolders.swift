import Model

/// Sockets of each tuple by the process that holds them, where all processes were asked for.
struct TupleHolders: Sendable {
    /// So many pairs of tuple and process are told apart: beyond, no tuple is near a limit.
    private static let mostPairs = 1 << 17

    private struct Pair: Hashable {
        let tuple: Tuple
        let process: Int32
    }

    private var counts: [Pair: Int] = [:]

    /// - Parameter process: its place among the holders.
    mutating func count(_ tuple: Tuple, process: Int32) {
        add(1, to: Pair(tuple: tuple, process: process))
    }

    private mutating func add(_ count: Int, to pair: Pair) {
        if counts[pair] == nil, counts.count >= Self.mostPairs { return }
        counts[pair, default: 0] += count
    }

    mutating func add(_ other: TupleHolders) {
        for (pair, count) in other.counts { add(count, to: pair) }
    }

    /// By tuple, of those asked for: how many sockets each process holds, most first.
    func counts(
        of tuples: [Tuple], processes: [Int32]
    ) -> [Tuple: [(pid: Int32, sockets: Int)]] {
        let wanted = Set(tuples)
        var found: [Tuple: [(pid: Int32, sockets: Int)]] = [:]
        for (pair, count) in counts
        where wanted.contains(pair.tuple) && processes.indices.contains(Int(pair.process)) {
            found[pair.tuple, default: []].append((processes[Int(pair.process)], count))
        }
        return found.mapValues { $0.sorted { ($0.sockets, $1.pid) > ($1.sockets, $0.pid) } }
    }
}
