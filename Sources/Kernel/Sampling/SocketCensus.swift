package import Model

/// What the sockets of a namespace are at a moment: one walk through all of them, as a value.
package struct SocketCensus: Sendable {
    package var states: StateCounts
    package var listeners: [Listener]
    /// The tuples with most ports in use, most first; ``tupleCount`` says how many there are.
    package var tuples: [PortLedger]
    package var tupleCount: Int
    /// Seconds that the walk took.
    package var walkSeconds: Double

    init(
        _ survey: SocketSurvey, on socket: borrowing NetlinkSocket
    ) throws(KernelError) {
        let start = MonotonicClock.now
        var tally = try survey.count(on: socket)
        states = tally.states
        listeners = tally.listeners.result()
        tuples = tally.largestTuples(survey.tupleLimit).ledgers
        tupleCount = tally.tuples.count
        walkSeconds = MonotonicClock.now - start
    }

    /// Local ports that the fullest tuple has taken.
    package var portsInUse: Int { tuples.first?.states.total ?? 0 }

    /// Those of listeners: the listening ones, and the connections that came to them.
    package var ofListeners: StateCounts {
        listeners.reduce(into: StateCounts()) { sum, listener in
            sum = sum + listener.states
            sum[.listen] += listener.sockets
        }
    }

    /// The sockets that belong to no listener: those of a client that shares the namespace with its server.
    package var ofOthers: StateCounts {
        var others = states
        for (state, count) in ofListeners.present { others[state] -= count }
        return others
    }
}
