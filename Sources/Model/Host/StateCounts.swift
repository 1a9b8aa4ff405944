/// How many sockets are in each state.
public struct StateCounts: Sendable, Hashable {
    private var counts: [Int]

    public init() { counts = Array(repeating: 0, count: 14) }

    public init(_ pairs: [TCPState: Int]) {
        self.init()
        for (state, count) in pairs { self[state] = count }
    }

    public subscript(state: TCPState) -> Int {
        get { counts[Int(state.rawValue)] }
        set { counts[Int(state.rawValue)] = newValue }
    }

    /// All sockets, of whatever state.
    public var total: Int { counts.reduce(0, +) }

    /// The states that occur, most frequent first.
    public var present: [(state: TCPState, count: Int)] {
        TCPState.allCases
            .map { ($0, self[$0]) }
            .filter { $0.1 > 0 }
            .sorted { ($0.1, $1.0.rawValue) > ($1.1, $0.0.rawValue) }
    }

    public static func + (left: StateCounts, right: StateCounts) -> StateCounts {
        var sum = left
        for index in sum.counts.indices { sum.counts[index] += right.counts[index] }
        return sum
    }
}

/// Written as `{"TIME_WAIT": 3}`; states that do not occur are left out.
extension StateCounts: Codable {
    public init(from decoder: any Decoder) throws {
        self.init()
        let named = try decoder.singleValueContainer().decode([String: Int].self)
        for (name, count) in named {
            guard let state = TCPState(name: name) else { continue }
            self[state] = count
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            Dictionary(uniqueKeysWithValues: present.map { ($0.state.name, $0.count) }))
    }
}
