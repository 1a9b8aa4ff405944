import HostState

/// Sockets that belong together: those of a listener, or those of a tuple.
struct SocketGroup: Sendable {
    /// As findings name it: `0.0.0.0:443` or `10.0.0.5 → 10.0.0.9:5432`.
    let subject: String
    /// How ss(8) is told to show these: `sport = :443`.
    let filter: String
    let states: StateCounts
    /// Sockets without a process, TIME_WAIT aside: orphans, and connections not yet accepted.
    let withoutInode: Int
    /// Connections that wait to be accepted; nil for a tuple.
    let queue: Int?
    let owner: Owner

    /// Sockets that are not in TIME_WAIT.
    var live: Int { states.total - states[.timeWait] }

    /// FIN_WAIT2 that no program holds any more; a lower bound is 0, for a program may hold them by shutdown().
    var orphanedFinWait2: Int { max(0, min(states[.finWait2], withoutInode)) }

    func share(_ state: TCPState) -> Double {
        live > 0 ? Double(states[state]) / Double(live) : 0
    }
}

extension Situation {
    /// All listeners, then all listed tuples.
    var groups: [SocketGroup] {
        now.listeners.map {
            SocketGroup(
                subject: $0.address.with(port: $0.port), filter: "sport = :\($0.port)",
                states: $0.states, withoutInode: $0.withoutInode, queue: $0.queue, owner: $0.owner)
        }
            + now.tuples.map {
                SocketGroup(
                    subject: $0.tuple.text,
                    filter: "dst \($0.tuple.destination.with(port: $0.tuple.port))",
                    states: $0.states, withoutInode: $0.withoutInode, queue: nil,
                    owner: owner(of: $0))
            }
    }

    /// The states of the same sockets in the earlier snapshot, by subject; empty without one.
    var statesBefore: [String: StateCounts] {
        guard interval != nil, let earlier else { return [:] }
        let pairs =
            earlier.listeners.map { ($0.address.with(port: $0.port), $0.states) }
            + earlier.tuples.map { ($0.tuple.text, $0.states) }
        return Dictionary(pairs) { first, _ in first }
    }
}
