package import HostState

/// Sockets by process and state, where all processes were asked for.
package struct SocketOwnerCounts: Sendable {
    /// The process that holds a socket, by the socket's inode.
    private let table: SocketProcessTable
    package private(set) var states: [StateCounts]

    init(table: SocketProcessTable, processes: Int) {
        self.table = table
        states = Array(repeating: StateCounts(), count: processes)
    }

    mutating func count(_ row: SocketRow) {
        guard let process = table[row.inode] else { return }
        states[Int(process)][row.state] += 1
    }
}
