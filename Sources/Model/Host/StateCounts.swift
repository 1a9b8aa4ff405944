/// How many sockets are in each state.
package struct StateCounts: Sendable, Hashable {
    private var counts: [Int]

    package init() { counts = Array(repeating: 0, count: 14) }

    package init(_ pairs: [TCPState: Int]) {
        self.init()
        for (state, count) in pairs { self[state] = count }
    }

    package subscript(state: TCPState) -> Int {
        get { counts[Int(state.rawValue)] }
        set { counts[Int(state.rawValue)] = newValue }
    }

    /// All sockets, of whatever state.
    package var total: Int { counts.reduce(0, +) }

    /// The states that occur, most frequent first.
    package var present: [(state: TCPState, count: Int)] {
        TCPState.allCases
            .map { ($0, self[$0]) }
            .filter { $0.1 > 0 }
            .sorted { ($0.1, $1.0.rawValue) > ($1.1, $0.0.rawValue) }
    }

    package static func + (left: StateCounts, right: StateCounts) -> StateCounts {
        var sum = left
        for index in sum.counts.indices { sum.counts[index] += right.counts[index] }
        return sum
    }
}

/// Written as `{"TIME_WAIT": 3}`; states that do not occur are left out.
extension StateCounts: Codable {
    package init(from decoder: any Decoder) throws {
        self.init()
        let named = try decoder.singleValueContainer().decode([String: Int].self)
        for (name, count) in named {
            guard let state = TCPState(name: name) else { continue }
            self[state] = count
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            Dictionary(uniqueKeysWithValues: present.map { ($0.state.name, $0.count) }))
    }
}
