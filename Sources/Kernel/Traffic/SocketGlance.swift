import Model

/// What can be told of the sockets of a namespace in little time, however many there are.
package struct SocketGlance: Sendable, Hashable {
    /// In TIME_WAIT, or in FIN_WAIT2 without a program.
    package var waiting: Int
    /// Others that have a port; without listeners.
    package var live: Int
    /// Connections that wait to be accepted.
    package var queue: Int
    /// How many may wait; nil where nobody listens.
    package var backlog: Int?

    /// Takes it in the namespace of the calling thread: counters, and the listeners alone.
    package static func take() throws(KernelError) -> SocketGlance {
        let counters = try NetSockstat.ofThisThread()
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        var survey = SocketSurvey()
        survey.listenersOnly = true
        _ = try survey.read(into: &snapshot)
        let listeners = snapshot.listeners.reduce(0) { $0 + $1.sockets }
        return SocketGlance(
            waiting: Int(counters["sockstat.TCP", "tw"] ?? 0),
            live: max(Int(counters["sockstat.TCP", "inuse"] ?? 0) - listeners, 0),
            queue: snapshot.listeners.reduce(0) { $0 + $1.queue },
            backlog: snapshot.listeners.compactMap(\.backlog).max())
    }
}
