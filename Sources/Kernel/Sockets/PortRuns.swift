import Model

/// Consecutive ports of one source address that are all in use.
struct PortRun: Sendable, Hashable {
    var source: IPAddress
    var low: UInt16
    var high: UInt16

    var count: Int { Int(high) - Int(low) + 1 }

    /// Fewer are chance, or no range that anybody chooses.
    static let fewest = 64
    /// Those of NFS and rpcbind's clients, which are taken one after another by design.
    static let firstUnprivileged: UInt16 = 1024
    /// So many of a host are looked at, the longest.
    static let most = 8

    /// Those within words of 64 bits each: bit 0 of the first is port 0.
    ///
    /// A run that long covers an end of each word it touches, so no word is looked into bit by bit.
    static func all(
        of source: IPAddress, in bits: ArraySlice<UInt64>, reserved: PortSet?
    ) -> [PortRun] {
        var runs: [PortRun] = []
        // Ones that end where the word before ends.
        var open = 0
        func close(before port: Int) {
            guard open >= fewest else { return }
            let low = max(port - open, Int(firstUnprivileged))
            guard port - low >= fewest else { return }
            runs.append(
                PortRun(source: source, low: UInt16(low), high: UInt16(port - 1)))
        }
        for (number, seen) in bits.enumerated() where number >= Int(firstUnprivileged) / 64 {
            let word = seen | (reserved?.bits(of: number) ?? 0)
            if word == .max {
                open += 64
                continue
            }
            let head = (~word).trailingZeroBitCount
            open += head
            close(before: number * 64 + head)
            open = (~word).leadingZeroBitCount
        }
        close(before: bits.count * 64)
        return runs
    }
}

/// The sockets of a run of ports: whose they are, and where they lead.
struct PortRunTally: SocketRowSink, Sendable {
    /// So many destinations are told apart.
    private static let mostDestinations = 4096
    /// Share of the run's ports that one destination must have, so that the run is called its own.
    private static let ownRatio = 0.98

    let run: PortRun
    private var tuples: [Tuple: One] = [:]
    private var byState: InlineArray<14, Int> = .init(repeating: 0)
    private var samples = SpreadSamples()
    private var lowest = UInt16.max
    private var highest: UInt16 = 0

    private struct One {
        var sockets = 0
        var lowest = UInt16.max
        var highest: UInt16 = 0
    }

    init(_ run: PortRun) { self.run = run }

    mutating func take(_ row: SocketRow, message: RawSpan) {
        guard row.source == run.source, row.destinationPort != 0, row.state != .listen,
            run.low...run.high ~= row.sourcePort
        else { return }
        byState[Int(row.state.rawValue)] += 1
        lowest = min(lowest, row.sourcePort)
        highest = max(highest, row.sourcePort)
        if row.state != .timeWait, row.inode != 0 { samples.count(row, message: message) }
        let tuple = Tuple(
            source: row.source, destination: row.destination, port: row.destinationPort)
        guard tuples.count < Self.mostDestinations || tuples[tuple] != nil else { return }
        var one = tuples[tuple] ?? One()
        one.sockets += 1
        one.lowest = min(one.lowest, row.sourcePort)
        one.highest = max(one.highest, row.sourcePort)
        tuples[tuple] = one
    }

    /// - Parameter others: distinct ports of the source in the range that connect() chooses from.
    /// - Returns: nil where the sockets have gone meanwhile.
    func block(range: ClosedRange<UInt16>, distinctInRange others: Int) -> PortBlock? {
        guard lowest <= highest else { return nil }
        let fullest = tuples.max {
            ($0.value.sockets, $1.key.port) < ($1.value.sockets, $0.key.port)
        }
        var block = PortBlock(
            source: run.source, low: lowest, high: highest, destinations: tuples.count,
            fullest: fullest?.key, fullestSockets: fullest?.value.sockets ?? 0)
        for state in TCPState.allCases { block.states[state] = byState[Int(state.rawValue)] }
        // At the ends of a destination's own ports those of others may lie by chance.
        if let one = fullest?.value,
            Double(one.sockets) >= Self.ownRatio * Double(Int(one.highest) - Int(one.lowest) + 1),
            one.sockets >= PortRun.fewest, Double(one.sockets) >= 0.9 * Double(block.count)
        {
            block.low = one.lowest
            block.high = one.highest
        }
        let inRange = max(
            0,
            min(Int(block.high), Int(range.upperBound)) - max(Int(block.low), Int(range.lowerBound))
                + 1)
        block.portsElsewhere = max(0, others - inRange)
        block.samples = samples.samples
        return block
    }
}
