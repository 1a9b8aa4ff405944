import Model

/// Sockets that belong together: those of a listener, or those of a tuple.
struct SocketGroup: Sendable {
    /// What the sockets have in common.
    enum Place: Hashable {
        case listener(IPAddress, port: UInt16)
        case tuple(Tuple)
    }

    let place: Place
    let states: StateCounts
    /// Sockets without a process, TIME_WAIT aside: orphans, and connections not yet accepted.
    let withoutInode: Int
    /// Connections that wait to be accepted; nil for a tuple.
    let queue: Int?
    let owner: Owner
    /// FIN_WAIT2 sockets that a process still has open; nil if that was not counted.
    let heldFinWait2: Int?
    /// CLOSE_WAIT that nobody has accepted; nil for a tuple, and if that was not counted.
    let unacceptedCloseWait: Int?
    /// ESTABLISHED that retransmit; nil if that was not counted.
    let retransmitting: Int?

    /// As findings name it: `0.0.0.0:443` or `10.0.0.5 → 10.0.0.9:5432`.
    var subject: String {
        switch place {
        case .listener(let address, let port): address.with(port: port)
        case .tuple(let tuple): tuple.text
        }
    }

    /// How ss(8) is told to show these: `sport = :443`.
    var filter: String {
        switch place {
        case .listener(_, let port): "sport = :\(port)"
        case .tuple(let tuple): "dst \(tuple.destination.with(port: tuple.port))"
        }
    }

    /// Whether each of them has an ephemeral port of its own.
    var isOutgoing: Bool {
        if case .tuple = place { true } else { false }
    }

    /// Sockets that are not in TIME_WAIT.
    var live: Int { states.total - states[.timeWait] }

    /// FIN_WAIT2 sockets without a program; a lower bound is 0, because a program may have called shutdown() on them.
    var orphanedFinWait2: Int { max(0, min(states[.finWait2], withoutInode)) }

    func share(_ state: TCPState) -> Double {
        live > 0 ? Double(states[state]) / Double(live) : 0
    }
}

extension Listener {
    /// FIN_WAIT2 sockets that a process still has open; nil if that was not counted.
    ///
    /// Orphans have no inode, whether as full sockets or as minisockets.
    var heldFinWait2: Int? {
        withoutInodeStates.map { max(0, states[.finWait2] - max(0, $0[.finWait2])) }
    }
}

extension SocketGroup.Place {
    /// Whether the connection is one of these sockets.
    func holds(_ one: StateAge) -> Bool {
        switch self {
        case .listener(let address, let port):
            one.localPort == port
                && (address.isUnspecified || address == one.tuple.source)
        case .tuple(let tuple): one.tuple == tuple
        }
    }
}

extension Situation {
    /// Seconds for which one of these sockets has been in a state, at least: the longest of those that were asked; nil where none
    /// of them was.
    func age(of places: [SocketGroup.Place], in state: TCPState) -> Double? {
        let ages = now.stateSamples?.first { $0.state == state }?.ages ?? []
        return ages.filter { age in places.contains { $0.holds(age) } }.map(\.seconds).max()
    }

    /// All listeners, then all listed tuples.
    var groups: [SocketGroup] { groups(where: { _ in true }) }

    /// Those listeners, then those tuples, that have a socket in that state: of thousands often none.
    func groups(with state: TCPState) -> [SocketGroup] {
        groups(ownersOf: state) { $0[state] > 0 }
    }

    /// Those that are wanted; the owner of a listener's group is that of its connections in a state, if that is another.
    private func groups(
        ownersOf state: TCPState? = nil, where isWanted: (StateCounts) -> Bool
    ) -> [SocketGroup] {
        now.listeners.filter { isWanted($0.states) }.map {
            SocketGroup(
                place: .listener($0.address, port: $0.port), states: $0.states,
                withoutInode: $0.withoutInode, queue: $0.queue,
                owner: state == .closeWait ? ownerOfCloseWait(at: $0) : $0.owner,
                heldFinWait2: $0.heldFinWait2,
                unacceptedCloseWait: $0.withoutInodeStates?[.closeWait],
                retransmitting: $0.retransmitting)
        }
            + now.tuples.filter { isWanted($0.states) }.map {
                SocketGroup(
                    place: .tuple($0.tuple), states: $0.states, withoutInode: $0.withoutInode,
                    queue: nil, owner: owner(of: $0), heldFinWait2: $0.heldFinWait2,
                    unacceptedCloseWait: nil, retransmitting: $0.retransmitting)
            }
    }

    /// The states of the same sockets in the earlier snapshot; empty without one.
    var statesBefore: [SocketGroup.Place: StateCounts] {
        guard interval != nil, let earlier else { return [:] }
        let pairs: [(SocketGroup.Place, StateCounts)] =
            earlier.listeners.map { (.listener($0.address, port: $0.port), $0.states) }
            + earlier.tuples.map { (.tuple($0.tuple), $0.states) }
        return Dictionary(pairs) { first, _ in first }
    }
}
