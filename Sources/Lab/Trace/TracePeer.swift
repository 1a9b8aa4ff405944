import Kernel
import Model

/// Who is at the other end of a connection that stays on this host.
enum TracePeer {
    /// Finds the program that listens there, after all else is over: the search takes milliseconds.
    static func find(for request: inout Trace.Request) {
        guard let connection = request.connect?.connection, connection.isLocal else { return }
        request.connect?.connection?.peer = owner(of: connection)
    }

    private static func owner(of connection: Trace.Connection) -> Owner {
        let listener: SocketRow?
        do throws(KernelError) {
            listener = try SocketLookup.open().listener(
                at: SocketAddress(connection.destination, port: connection.destinationPort))
        } catch {
            return Owner(
                name: nil, confidence: .unknown, reason: "not visible who listens there: \(error)")
        }
        guard let row = listener, row.inode != 0 else {
            return Owner(
                name: nil, confidence: .unknown, reason: "no program listens there any more")
        }
        let owners = SocketOwners.find([row.inode], root: .host)
        let pids = owners.holders(of: row.inode)
        guard !pids.isEmpty else {
            return Owner(
                name: nil, confidence: .unknown,
                reason: "found no process that holds the listening socket"
                    + (owners.unseen.first.map { "; not visible: \($0.what) (\($0.why))" } ?? ""))
        }
        return ProcessFacts.owner(of: pids, root: .host, reason: "holds the listening socket")
    }
}
