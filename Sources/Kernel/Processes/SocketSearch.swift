import HostState

/// The search behind `SocketOwners`: what is wanted, what was found, and where each process goes on.
struct SocketSearch: ~Copyable {
    private let root: Root
    private let budget: Int
    /// Inode → index into `holders`.
    private var wanted: InodeTable
    private var inodes: [UInt32] = []
    private var holders: [[Int32]] = []
    private var missing: Int
    private var scan: DescriptorScan
    private var unfinished: [(pid: Int32, offset: Int64)] = []
    private var denied = 0
    private var isBudgetSpent = false

    init(_ inodes: some Sequence<UInt32>, root: Root, budget: Int) {
        self.root = root
        self.budget = budget
        wanted = InodeTable(expecting: inodes.underestimatedCount)
        for inode in inodes where wanted.insert(inode, Int32(self.inodes.count)) {
            self.inodes.append(inode)
        }
        holders = Array(repeating: [], count: self.inodes.count)
        missing = self.inodes.count
        scan = DescriptorScan(root: root)
    }

    var linksRead: Int { scan.linksRead }

    var isOver: Bool { missing == 0 || isBudgetSpent || unfinished.isEmpty }

    var end: SocketOwners.End {
        missing == 0 ? .allFound : ranOut ? .budgetSpent : .everythingRead
    }

    /// True where there were more descriptors than the budget allowed.
    private var ranOut: Bool { isBudgetSpent || !unfinished.isEmpty }

    var pids: [UInt32: [Int32]] {
        var pids: [UInt32: [Int32]] = [:]
        for (index, processes) in holders.enumerated() where !processes.isEmpty {
            pids[inodes[index]] = processes.sorted()
        }
        return pids
    }

    /// One round over the processes given, or over those that the last round left unfinished.
    mutating func run(_ processes: [Int32]?, entries: Int, stopsEarly: Bool) {
        let visits = processes?.map { (pid: $0, offset: Int64(0)) } ?? unfinished
        unfinished = []
        guard missing > 0 else { return }
        for visit in visits {
            if stopsEarly, missing == 0 { return }
            guard scan.linksRead < budget else {
                isBudgetSpent = true
                return
            }
            switch run(visit.pid, from: visit.offset, entries: entries, stopsEarly) {
            case .more(let offset): unfinished.append((visit.pid, offset))
            case .denied: denied += 1
            case .done, .stopped, .gone: break
            }
        }
    }

    private mutating func run(
        _ pid: Int32, from offset: Int64, entries: Int, _ stopsEarly: Bool
    ) -> DescriptorScan.End {
        // Taken out and put back: the closure may not touch what the scan is a part of.
        var holders: [[Int32]] = []
        swap(&holders, &self.holders)
        defer { swap(&holders, &self.holders) }
        var missing = missing
        defer { self.missing = missing }
        let left = min(entries, budget - scan.linksRead)
        return scan.visit(pid, from: offset, entries: left) { inode in
            guard let index = wanted[inode].map(Int.init) else { return true }
            if holders[index].isEmpty { missing -= 1 }
            // A process may hold it twice, and be visited again in a later round.
            if holders[index].count < SocketOwners.mostHolders, !holders[index].contains(pid) {
                holders[index].append(pid)
            }
            return !stopsEarly || missing > 0
        }
    }

    func unseen(_ processes: [Int32]) -> [Unseen] {
        guard !inodes.isEmpty, missing > 0 else { return [] }
        var unseen = UnreadableProcesses.unseen(
            "descriptors", denied: denied, pids: processes, root: root)
        if ranOut {
            unseen.append(
                Unseen(
                    what: "owners of \(missing) sockets",
                    why: "the search ended after \(scan.linksRead) descriptors; use --processes"))
        }
        return unseen
    }
}
