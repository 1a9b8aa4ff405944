import HostState

/// Names the owners of listeners and of the fullest tuples, by the live sockets that were kept of each.
struct OwnerAttribution {
    let root: Root
    /// Descriptors to look at, 3.5 µs each; nil for all.
    let budget: Int?

    /// So many tuples are looked up: those that a finding may be about.
    static let tuplesLookedUp = 64

    /// Fills in owners, and the processes that they are.
    ///
    /// - Returns: what could not be seen.
    func fill(_ snapshots: inout [Snapshot]) -> [Unseen] {
        guard root.isHost else { return [] }
        var wanted: Set<UInt32> = []
        for snapshot in snapshots {
            for listener in snapshot.listeners { wanted.formUnion(listener.samples.map(\.inode)) }
            for ledger in snapshot.tuples.prefix(Self.tuplesLookedUp) {
                wanted.formUnion(ledger.samples.map(\.inode))
            }
        }
        wanted.remove(0)
        guard !wanted.isEmpty else { return [] }
        let owners = SocketOwners.find(wanted, root: root, budget: budget)
        var groups = CgroupNames(root: root)
        for index in snapshots.indices {
            fill(&snapshots[index], from: owners, groups: &groups)
        }
        return owners.unseen
    }

    private func fill(
        _ snapshot: inout Snapshot, from owners: SocketOwners, groups: inout CgroupNames
    ) {
        for index in snapshot.listeners.indices {
            let samples = snapshot.listeners[index].samples
            snapshot.listeners[index].owner =
                owner(samples, owners, confidence: .certain, reason: "holds the listening socket")
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
                owner(ledger.samples, owners, confidence: .likely, reason: reason)
                ?? unit(
                    ledger.samples, &groups,
                    reason: "live sockets of the tuple were made in this unit")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: ledger.samples.isEmpty
                        ? "no live socket of the same source and destination to tell by"
                        : "no process was found that holds its live sockets")
        }
        var known = Set(snapshot.processes.map(\.pid))
        let pids =
            snapshot.listeners.flatMap(\.owner.pids)
            + snapshot.tuples.prefix(Self.tuplesLookedUp).flatMap(\.owner.pids)
        for pid in pids where known.insert(pid).inserted {
            if let process = ProcessFacts.read(pid, root: root) {
                snapshot.processes.append(process)
            }
        }
    }

    private func owner(
        _ samples: [SocketSample], _ owners: SocketOwners, confidence: Owner.Confidence,
        reason: String
    ) -> Owner? {
        let pids = Set(samples.flatMap { owners.pids[$0.inode] ?? [] }).sorted()
        guard !pids.isEmpty else { return nil }
        let owner = ProcessFacts.owner(
            of: pids, root: root, confidence: confidence, reason: reason)
        return owner.name == nil ? nil : owner
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
