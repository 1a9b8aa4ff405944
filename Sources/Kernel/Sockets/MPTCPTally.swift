import Model

/// MPTCP sockets by state, and samples of those that a program must close.
struct MPTCPTally: SocketRowSink, Sendable {
    private var byState: InlineArray<14, Int> = .init(repeating: 0)
    private var closeWait = SpreadSamples()

    mutating func take(_ row: SocketRow, message: RawSpan) {
        byState[Int(row.state.rawValue)] += 1
        if row.state == .closeWait, row.inode != 0 { closeWait.count(row, message: message) }
    }

    var result: MPTCPSockets {
        var states = StateCounts()
        for state in TCPState.allCases { states[state] = byState[Int(state.rawValue)] }
        return MPTCPSockets(states: states, samples: closeWait.samples)
    }

    /// Whether the counters tell of any MPTCP connection, now or ever.
    ///
    /// `MPCurrEstab` is there since 6.9; before, who began one is counted.
    static func isWorthwhile(_ counters: Counters) -> Bool {
        if let now = counters["MPTcpExt", "MPCurrEstab"] { return now > 0 }
        return ["MPCapableSYNTX", "MPCapableSYNRX"].contains {
            counters["MPTcpExt", $0] ?? 0 > 0
        }
    }
}
