import HostState

/// Names the owners of listeners and of the fullest tuples, by the live sockets that were kept of each.
struct OwnerAttribution: Sendable {
    let root: Root
    /// Descriptors to look at, 3.5 µs each; nil for all.
    let budget: Int?
    private let low: LowDescriptorReading

    /// So many tuples are looked up: those that a finding may be about.
    static let tuplesLookedUp = 64
    /// Share of the port range from which a finding may be about a tuple, so that all descriptors are searched for it.
    static let pressingRatio = 0.1

    init(root: Root, budget: Int?) {
        self.root = root
        self.budget = budget
        low = LowDescriptorReading(root: root, budget: budget)
    }

    /// Looks at processes on another thread meanwhile: it takes as long as the dump of a few thousand sockets.
    func helpOut() {
        if root.isHost { low.helpOut() }
    }

    /// Fills in owners, and the processes that they are.
    ///
    /// - Returns: what could not be seen.
    func fill(_ snapshots: inout [Snapshot]) -> [Unseen] {
        guard root.isHost else { return [] }
        let sought = sought(in: snapshots)
        guard sought.contains(where: { $0.inodes.contains { $0 != 0 } }) else {
            low.abandon()
            return []
        }
        var owners = KnownHolders(
            owners: SocketOwners.find(sought, root: root, budget: budget) {
                () throws(KernelError) in
                try low.value()
            }, root: root)
        var groups = CgroupNames(root: root)
        for index in snapshots.indices {
            fill(&snapshots[index], from: &owners, groups: &groups)
        }
        return owners.unseen
    }

    private func sought(in snapshots: [Snapshot]) -> [SocketOwners.Sought] {
        snapshots.flatMap { snapshot in
            let pressing = Self.pressingRatio * Double(snapshot.portRange.count)
            return snapshot.listeners.map { SocketOwners.Sought(inodes: $0.samples.map(\.inode)) }
                + snapshot.tuples.prefix(Self.tuplesLookedUp).map { ledger in
                    SocketOwners.Sought(
                        inodes: ledger.samples.map(\.inode),
                        isPressing: budget == nil || Double(ledger.used) >= pressing)
                }
        }
    }

    private func fill(
        _ snapshot: inout Snapshot, from owners: inout KnownHolders, groups: inout CgroupNames
    ) {
        for index in snapshot.listeners.indices {
            let samples = snapshot.listeners[index].samples
            snapshot.listeners[index].owner =
                owners.owner(
                    of: samples, confidence: .certain, reason: "holds the listening socket")
                ?? unit(samples, &groups, reason: "the listening socket was made in this unit")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: "no process was found that holds the listening socket")
        }
        for index in snapshot.tuples.indices.prefix(Self.tuplesLookedUp) {
            let ledger = snapshot.tuples[index]
            let live = ledger.used - ledger.states[.timeWait] - ledger.withoutInode
            let reason =
                "holds \(live == 1 ? "a live socket" : "live sockets (\(live.grouped))") of the same source and destination"
            snapshot.tuples[index].owner =
                owners.owner(of: ledger.samples, confidence: .likely, reason: reason)
                ?? unit(
                    ledger.samples, &groups,
                    reason: "live sockets of the tuple were made in this unit")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: ledger.samples.isEmpty
                        ? "no live socket of the same source and destination to tell by"
                        : "no process was found that holds its live sockets")
        }
        var known = InodeTable()
        for process in snapshot.processes { known.insert(UInt32(bitPattern: process.pid), 0) }
        let pids =
            snapshot.listeners.flatMap(\.owner.pids)
            + snapshot.tuples.prefix(Self.tuplesLookedUp).flatMap(\.owner.pids)
        for pid in pids where known.insert(UInt32(bitPattern: pid), 0) {
            if let process = owners.process(pid) { snapshot.processes.append(process) }
        }
    }

    /// Where no process may be read, the kernel still tells in which control group a socket was made.
    private func unit(
        _ samples: [SocketSample], _ groups: inout CgroupNames, reason: String
    ) -> Owner? {
        for sample in samples {
            guard let unit = groups.unit(of: sample.cgroup) else { continue }
            return Owner(name: unit, unit: unit, confidence: .possible, reason: reason)
        }
        return nil
    }
}
