import ArgumentParser
import HostState
import Kernel

@main
struct Tcptune: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tcptune",
        abstract:
            "Audit a server's TCP state, and say what is about to break and what to do about it",
        version: "0.1.0")
    @Option var threads = 1
    mutating func run() throws {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: "x"), time: 0, uptime: 0, source: .none)
        var survey = SocketSurvey()
        survey.threads = threads
        _ = try survey.read(into: &snapshot)
        print(
            snapshot.source, snapshot.dumpSeconds, snapshot.states.present, snapshot.tupleCount,
            snapshot.tuples.count, snapshot.socketsInTuplesLeftOut)
        for t in snapshot.tuples.prefix(3) {
            print(t.tuple, t.used, t.evenPorts, t.closings.prefix(10), t.samples)
        }
        for t in snapshot.listeners.prefix(3) {
            print(t.address, t.port, t.queue, t.backlog, t.states.present, t.topPeers)
        }
    }
}
