import Model

/// Sockets by process and state, where all processes were asked for.
struct SocketOwnerCounts: Sendable {
    private let holders: SocketHolders
    private(set) var states: [StateCounts]

    init(_ holders: SocketHolders) {
        self.holders = holders
        states = Array(repeating: StateCounts(), count: holders.processes.count)
    }

    /// The place of the process that holds the socket; nil for none.
    func holder(of inode: UInt32) -> Int32? { holders[inode] }

    /// The processes, by place.
    var pids: [Int32] { holders.processes }

    mutating func count(_ row: SocketRow) {
        guard let process = holders[row.inode] else { return }
        states[Int(process)][row.state] += 1
    }

    /// Adds what was counted of the same processes beside.
    mutating func add(_ other: SocketOwnerCounts) {
        for index in states.indices { states[index] = states[index] + other.states[index] }
    }

    /// The same processes, and nothing counted yet.
    func emptied() -> SocketOwnerCounts { SocketOwnerCounts(holders) }

    /// The processes that hold any of the sockets, with what is told of them, most sockets first.
    func processes(root: Root) -> [ProcessInUse] {
        zip(holders.processes, states)
            .filter { $0.1.total > 0 }
            .sorted { ($0.1.total, $1.0) > ($1.1.total, $0.0) }
            .compactMap { pid, states in
                var process = ProcessFacts.read(pid, root: root)
                process?.states = states
                return process
            }
    }
}
