package import HostState

/// What the sockets of a namespace are at a moment, and what its counters say.
package struct SocketCensus: Sendable {
    package var states: StateCounts
    package var counters: Counters

    /// Takes it in the namespace of the calling thread.
    package static func take() throws(KernelError) -> SocketCensus {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        var survey = SocketSurvey()
        survey.tupleLimit = 1
        _ = try survey.read(into: &snapshot)
        return SocketCensus(
            states: snapshot.states, counters: CounterFiles.read(root: .host).0)
    }
}
