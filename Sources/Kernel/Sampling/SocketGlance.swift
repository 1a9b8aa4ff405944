package import Model

/// What can be told of a namespace's sockets in little time, however many there are: its counters and its listeners.
package struct SocketGlance: Sendable {
    package var counters: CounterSample
    package var listeners: [Listener]

    /// In TIME_WAIT, or in FIN_WAIT2 without a program.
    package var waiting: Int { counters.inTimeWait ?? 0 }

    /// Others that have a port; without listeners.
    package var live: Int {
        max((counters.inUse ?? 0) - listeners.reduce(0) { $0 + $1.sockets }, 0)
    }

    /// Connections that wait to be accepted.
    package var queue: Int { listeners.reduce(0) { $0 + $1.queue } }

    /// How many may wait; nil where nobody listens.
    package var backlog: Int? { listeners.compactMap(\.backlog).max() }
}
