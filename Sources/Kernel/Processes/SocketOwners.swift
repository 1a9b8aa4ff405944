package import Model

/// Which processes hold certain sockets: one pass over `/proc/*/fd` that ends as soon as it can.
///
/// Descriptors are visited in rounds, low numbers of all processes first: a server opens its listeners before it
/// accepts connections, so a few descriptors a process tell of the listeners, however many connections there are. The
/// first round is always finished, because several processes may share a socket (a master and its workers); the others
/// stop when each of the sought has a holder, and the last looks only for what is pressing. Processes are taken for
/// one with their first thread; a thread with descriptors of its own (clone(2) without CLONE_FILES) is not seen.
package struct SocketOwners: Sendable {
    /// What an owner is sought of, a listener or a tuple: any of its sockets tells.
    package struct Sought: Sendable {
        /// 0 is none.
        package var inodes: [UInt32]
        /// Whether a finding may be about it, so that every descriptor is worth a look.
        package var isPressing: Bool
        /// Whether it is looked for beside another that tells the owner, too: nothing is said where it is not found.
        package var isBeside: Bool

        package init(inodes: [UInt32], isPressing: Bool = true, isBeside: Bool = false) {
            self.inodes = inodes
            self.isPressing = isPressing
            self.isBeside = isBeside
        }
    }

    /// How the search ended.
    package enum End: Sendable { case allFound, everythingRead, budgetSpent }

    private let found: (table: InodeTable, holders: [[Int32]])
    package private(set) var end: End
    /// How many links of `/proc/PID/fd` were read.
    package private(set) var linksRead: Int
    /// What could not be seen.
    package private(set) var unseen: [Unseen]

    /// What is told of the processes by whoever looked, where that was another program; nil where this one can look itself.
    private(set) var processes: [Int32: ProcessInUse]?

    /// The processes that hold a socket, sorted, at most 32; none where it was not found.
    package func holders(of inode: UInt32) -> [Int32] {
        found.table[inode].map { found.holders[Int($0)] } ?? []
    }

    /// What another program found.
    ///
    /// - Parameter isWhole: whether all that is sought was asked for.
    init(_ reply: OwnersReply, isWhole: Bool) {
        var table = InodeTable(expecting: reply.holders.count)
        var holders: [[Int32]] = []
        for (inode, pids) in reply.holders {
            table.insert(inode, Int32(holders.count))
            holders.append(pids)
        }
        found = (table, holders)
        end = isWhole ? reply.end : .budgetSpent
        linksRead = reply.linksRead
        unseen = reply.unseen
        processes = Dictionary(
            reply.processes.map { ($0.pid, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private init(
        found: (table: InodeTable, holders: [[Int32]]), end: End, linksRead: Int, unseen: [Unseen]
    ) {
        self.found = found
        self.end = end
        self.linksRead = linksRead
        self.unseen = unseen
    }

    /// So many processes a socket are kept.
    static let mostHolders = 32
    /// After the first round, that of `LowDescriptors`: about so many descriptors a process in each.
    private static let laterRounds: [(entries: Int, extent: SocketSearch.Extent)] = [
        (256, .untilFound), (.max, .untilPressingFound),
    ]

    /// Looks for the holders of sockets, each by itself.
    package static func find(
        _ inodes: some Sequence<UInt32>, root: Root, budget: Int? = 20_000
    ) -> SocketOwners {
        find(inodes.map { Sought(inodes: [$0]) }, root: root, budget: budget)
    }

    /// Looks for the holders of sockets.
    ///
    /// - Parameter budget: How many links are read at most, 3.5 µs each; nil for as many as there are.
    package static func find(
        _ sought: [Sought], root: Root, budget: Int? = 20_000
    ) -> SocketOwners {
        find(sought, root: root, budget: budget) { () throws(KernelError) in
            try LowDescriptors.read(root: root, budget: budget)
        }
    }

    /// Looks for the holders of sockets, among the low descriptors first that another thread may have read.
    static func find(
        _ sought: [Sought], root: Root, budget: Int?,
        from low: () throws(KernelError) -> LowDescriptors
    ) -> SocketOwners {
        guard sought.contains(where: { $0.inodes.contains { $0 != 0 } }) else {
            return SocketOwners(
                found: (InodeTable(), []), end: .allFound, linksRead: 0, unseen: [])
        }
        do throws(KernelError) {
            let low = try low()
            var search = SocketSearch(sought, from: low, root: root, budget: budget ?? .max)
            for round in laterRounds where !search.isOver(round.extent) {
                search.run(entries: round.entries, round.extent)
            }
            return SocketOwners(
                found: search.found, end: search.end, linksRead: search.linksRead,
                unseen: search.unseen(low.processes))
        } catch {
            return SocketOwners(
                found: (InodeTable(), []), end: .everythingRead, linksRead: 0,
                unseen: [Unseen(what: "owners of sockets", why: error.description)])
        }
    }
}
