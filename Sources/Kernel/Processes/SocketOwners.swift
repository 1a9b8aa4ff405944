public import HostState

/// Which processes hold certain sockets: one pass over `/proc/*/fd` that ends as soon as it can.
///
/// Descriptors are visited in rounds, low numbers of all processes first: a server opens its listeners before it
/// accepts connections, so a few descriptors a process tell of the listeners, however many connections there are. The
/// first two rounds are always finished, because several processes may share a socket (a master and its workers); the last
/// stops with the first holder of the last socket. Processes are taken for one with their first thread; a thread
/// with descriptors of its own (clone(2) without CLONE_FILES) is not seen.
public struct SocketOwners: Sendable {
    /// How the search ended.
    public enum End: Sendable { case allFound, everythingRead, budgetSpent }

    /// The processes that hold each socket that was found, sorted, at most 32.
    public private(set) var pids: [UInt32: [Int32]]
    public private(set) var end: End
    /// How many links of `/proc/PID/fd` were read.
    public private(set) var linksRead: Int
    /// What could not be seen.
    public private(set) var unseen: [Unseen]

    /// So many processes a socket are kept.
    static let mostHolders = 32
    /// About so many descriptors a process in each round.
    private static let rounds = [64, 256, Int.max]

    /// Looks for the holders of sockets.
    ///
    /// - Parameters:
    ///   - inodes: The sockets; 0 is none.
    ///   - budget: How many links are read at most, 3.5 µs each; nil for as many as there are.
    public static func find(
        _ inodes: some Sequence<UInt32>, root: Root, budget: Int? = 20_000
    ) -> SocketOwners {
        var search = SocketSearch(inodes, root: root, budget: budget ?? .max)
        do throws(KernelError) {
            let processes = try ProcessList.read(root: root)
            for (index, entries) in rounds.enumerated() {
                search.run(
                    index == 0 ? processes : nil, entries: entries,
                    stopsEarly: index == rounds.count - 1)
                if search.isOver { break }
            }
            return SocketOwners(
                pids: search.pids, end: search.end, linksRead: search.linksRead,
                unseen: search.unseen(processes))
        } catch {
            return SocketOwners(
                pids: [:], end: .everythingRead, linksRead: 0,
                unseen: [Unseen(what: "owners of sockets", why: error.description)])
        }
    }
}
