public import HostState

/// Which processes hold certain sockets: one pass over `/proc/*/fd` that ends as soon as it can.
///
/// Descriptors are visited in rounds, low numbers of all processes first: a server opens its listeners before it
/// accepts connections, so a few descriptors a process tell of the listeners, however many connections there are. The
/// first round is always finished, because several processes may share a socket (a master and its workers); the others
/// stop when each of the sought has a holder, and the last looks only for what is pressing. Processes are taken for
/// one with their first thread; a thread with descriptors of its own (clone(2) without CLONE_FILES) is not seen.
public struct SocketOwners: Sendable {
    /// What an owner is sought of, a listener or a tuple: any of its sockets tells.
    public struct Sought: Sendable {
        /// 0 is none.
        public var inodes: [UInt32]
        /// Whether a finding may be about it, so that every descriptor is worth a look.
        public var isPressing: Bool

        public init(inodes: [UInt32], isPressing: Bool = true) {
            self.inodes = inodes
            self.isPressing = isPressing
        }
    }

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
    private static let firstRound = 64
    private static let laterRounds: [(entries: Int, extent: SocketSearch.Extent)] = [
        (256, .untilFound), (.max, .untilPressingFound),
    ]

    /// Looks for the holders of sockets, each by itself.
    public static func find(
        _ inodes: some Sequence<UInt32>, root: Root, budget: Int? = 20_000
    ) -> SocketOwners {
        find(inodes.map { Sought(inodes: [$0]) }, root: root, budget: budget)
    }

    /// Looks for the holders of sockets.
    ///
    /// - Parameter budget: How many links are read at most, 3.5 µs each; nil for as many as there are.
    public static func find(
        _ sought: [Sought], root: Root, budget: Int? = 20_000
    ) -> SocketOwners {
        var search = SocketSearch(sought, root: root, budget: budget ?? .max)
        do throws(KernelError) {
            let processes = try ProcessList.read(root: root)
            search.run(processes, entries: firstRound, .all)
            for round in laterRounds where !search.isOver(round.extent) {
                search.run(nil, entries: round.entries, round.extent)
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
