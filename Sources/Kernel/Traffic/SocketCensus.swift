package import Model

/// What the sockets of a namespace are at a moment, and what its counters say.
package struct SocketCensus: Sendable {
    package var states: StateCounts
    /// Those of listeners: the listening ones, and the connections that came to them.
    package var ofListeners: StateCounts
    /// Sockets of the tuple that has most: as many local ports are taken there.
    package var portsInUse: Int
    /// How many tuples have one.
    package var tuples: Int
    /// Seconds that the walk through the sockets took.
    package var walkSeconds: Double
    /// Empty where only sockets were asked for.
    package var counters: Counters

    /// Takes it in the namespace of the calling thread.
    package static func take() throws(KernelError) -> SocketCensus {
        var census = try takeSockets()
        census.counters = CounterFiles.read(root: .host).0
        return census
    }

    /// The same without the counters.
    package static func takeSockets() throws(KernelError) -> SocketCensus {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        var survey = SocketSurvey()
        survey.tupleLimit = 1
        _ = try survey.read(into: &snapshot)
        var ofListeners = StateCounts()
        for listener in snapshot.listeners {
            ofListeners = ofListeners + listener.states
            ofListeners[.listen] += listener.sockets
        }
        return SocketCensus(
            states: snapshot.states, ofListeners: ofListeners,
            portsInUse: snapshot.tuples.first?.states.total ?? 0, tuples: snapshot.tupleCount,
            walkSeconds: snapshot.dumpSeconds,
            counters: Counters())
    }

    /// The sockets that belong to no listener: those of a client that shares the namespace with its server.
    package var ofOthers: StateCounts {
        var others = states
        for (state, count) in ofListeners.present { others[state] -= count }
        return others
    }
}
