/// How one budget is shared by the namespaces of a host, and how often each is looked at.
enum NamespacePace {
    /// What a namespace without a socket counts for: its files are read all the same.
    static let leastSockets = 200
    /// Of a namespace's share, so much may go into counters and listeners.
    static let ofCounters = 0.3
    /// Seconds between two looks at counters at most: TIME_WAIT must be read before it forgets.
    static let longest = 20.0

    /// Each one's part of a share, by how many sockets it has.
    static func shares(of share: Double, sockets: [Int]) -> [Double] {
        let weights = sockets.map { Double(max($0, 0) + leastSockets) }
        let sum = weights.reduce(0, +)
        return weights.map { share * $0 / sum }
    }

    /// Seconds between two looks at counters and listeners that take so long.
    ///
    /// - Parameter cost: processor seconds of the last one; nil before the first.
    static func interval(cost: Double?, share: Double, shortest: Double = 1) -> Double {
        guard let cost, share > 0 else { return shortest }
        return min(max((cost / (share * ofCounters)).rounded(.up), shortest), longest)
    }
}
