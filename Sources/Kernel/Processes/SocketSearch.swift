import Model

/// The search behind `SocketOwners`: what is wanted, what was found, and where each process goes on.
struct SocketSearch: ~Copyable {
    private let root: Root
    private let budget: Int
    /// Inode → index into `holders`.
    private var wanted = InodeTable()
    private var holders: [[Int32]] = []
    /// By the same index: which of the sought the socket is of.
    private var soughtOf: [Int] = []
    private var sought: [Sought] = []
    private var missing = Missing()
    private var scan: DescriptorScan
    private var unfinished: [(pid: Int32, next: Int32)]
    private var denied: Int
    private var isBudgetSpent: Bool
    private let linksReadBefore: Int

    private struct Sought {
        var isPressing: Bool
        var isBeside: Bool
        var isFound = false
    }

    /// How many of the sought have no holder yet.
    private struct Missing {
        var all = 0
        var pressing = 0
        /// Those whose owner another one tells as well.
        var beside = 0

        mutating func count(_ sought: Sought, by step: Int) {
            // What is neither pressing nor needed is taken where it is met.
            guard sought.isPressing || !sought.isBeside else { return }
            all += step
            if sought.isPressing { pressing += step }
            if sought.isBeside { beside += step }
        }
    }

    /// Goes on from the first round, which is always finished: several processes may share a socket, a master and its
    /// workers.
    init(_ sought: [SocketOwners.Sought], from low: LowDescriptors, root: Root, budget: Int) {
        self.root = root
        self.budget = budget
        unfinished = low.unfinished
        denied = low.denied
        isBudgetSpent = low.isBudgetSpent
        linksReadBefore = low.linksRead
        scan = DescriptorScan(root: root)
        for one in sought {
            var isNew = false
            for inode in one.inodes where wanted.insert(inode, Int32(soughtOf.count)) {
                soughtOf.append(self.sought.count)
                isNew = true
            }
            guard isNew else { continue }
            let new = Sought(isPressing: one.isPressing, isBeside: one.isBeside)
            self.sought.append(new)
            missing.count(new, by: 1)
        }
        holders = Array(repeating: [], count: soughtOf.count)
        for one in low.held {
            guard let index = wanted[one.inode].map(Int.init) else { continue }
            Self.keep(one.pid, in: &holders[index])
            guard !self.sought[soughtOf[index]].isFound else { continue }
            self.sought[soughtOf[index]].isFound = true
            missing.count(self.sought[soughtOf[index]], by: -1)
        }
    }

    /// A process may hold a socket twice, and be visited again in a later round.
    private static func keep(_ pid: Int32, in holders: inout [Int32]) {
        if holders.count < SocketOwners.mostHolders, !holders.contains(pid) { holders.append(pid) }
    }

    var linksRead: Int { linksReadBefore + scan.linksRead }

    /// How far a round goes.
    enum Extent {
        /// Until each of the sought has a holder.
        case untilFound
        /// Until each of those that a finding may be about has one.
        case untilPressingFound
    }

    /// True where a round of that extent has nothing to do.
    func isOver(_ extent: Extent) -> Bool {
        isBudgetSpent || unfinished.isEmpty || isDone(extent)
    }

    private func isDone(_ extent: Extent) -> Bool {
        (extent == .untilPressingFound ? missing.pressing : missing.all) == 0
    }

    var end: SocketOwners.End {
        missing.all == 0 ? .allFound : ranOut ? .budgetSpent : .everythingRead
    }

    /// True where there were more descriptors than the budget allowed.
    private var ranOut: Bool { isBudgetSpent || !unfinished.isEmpty }

    /// By inode its index into the second part: the processes that hold it, sorted.
    var found: (table: InodeTable, holders: [[Int32]]) {
        (wanted, holders.map { $0.count > 1 ? $0.sorted() : $0 })
    }

    /// One round over the processes that the last round left unfinished.
    mutating func run(entries: Int, _ extent: Extent) {
        let visits = unfinished
        unfinished = []
        guard missing.all > 0 else { return }
        for (number, visit) in visits.enumerated() {
            if isDone(extent) {
                unfinished += visits[number...]
                return
            }
            guard linksRead < budget else {
                isBudgetSpent = true
                return
            }
            switch run(visit.pid, from: visit.next, entries: entries, extent) {
            case .more(let next): unfinished.append((visit.pid, next))
            case .denied: denied += 1
            case .stopped: unfinished.append(visit)
            case .done, .gone: break
            }
        }
    }

    private mutating func run(
        _ pid: Int32, from first: Int32, entries: Int, _ extent: Extent
    ) -> DescriptorScan.End {
        // Taken out and put back: the closure may not touch what the scan is a part of.
        var holders: [[Int32]] = []
        swap(&holders, &self.holders)
        defer { swap(&holders, &self.holders) }
        var sought: [Sought] = []
        swap(&sought, &self.sought)
        defer { swap(&sought, &self.sought) }
        var missing = missing
        defer { self.missing = missing }
        let left = min(entries, budget - linksRead)
        return scan.visit(pid, from: first, entries: left) { inode in
            guard let index = wanted[inode].map(Int.init) else { return true }
            Self.keep(pid, in: &holders[index])
            let number = soughtOf[index]
            guard !sought[number].isFound else { return true }
            sought[number].isFound = true
            missing.count(sought[number], by: -1)
            switch extent {
            case .untilFound: return missing.all > 0
            case .untilPressingFound: return missing.pressing > 0
            }
        }
    }

    func unseen(_ processes: [Int32]) -> [Unseen] {
        guard missing.all > missing.beside else { return [] }
        var unseen = UnreadableProcesses.unseen(
            "descriptors", denied: denied, pids: processes, root: root)
        if ranOut {
            let count = missing.all - missing.beside
            unseen.append(
                Unseen(
                    what: count == 1
                        ? "owner of one listener or destination"
                        : "owners of \(count) listeners or destinations",
                    why:
                        "the search stopped at \(linksRead) file descriptors; --processes searches all"
                ))
        }
        return unseen
    }
}
