import Model

/// Names the owners of listeners and of the fullest tuples, by the live sockets that were kept of each.
struct OwnerAttribution: Sendable {
    let root: Root
    /// Descriptors to look at, 3.5 µs each; nil for all.
    let budget: Int?
    /// Who may look into other users' processes; nil where nobody is to be asked.
    private let client: OwnersClient?
    private let low: LowDescriptorReading

    /// So many tuples are looked up: those that a finding may be about.
    static let tuplesLookedUp = 64
    /// Share of the port range from which a finding may be about a tuple, so that all descriptors are searched for it.
    static let pressingRatio = 0.1
    /// Share of the range from which it matters whether several programs hold a tuple's sockets: just below
    /// `ports-slow`.
    static let sharedRatio = 0.4
    /// From so many sockets of one state on, each sample of them is searched for.
    static let manyOfAState = 32

    init(root: Root, budget: Int?, client: OwnersClient? = nil) {
        self.root = root
        self.budget = budget
        self.client = client
        low = LowDescriptorReading(root: root, budget: budget)
    }

    /// Looks at processes on another thread meanwhile: it takes as long as the dump of a few thousand sockets.
    func helpOut() {
        if root.isHost, client == nil { low.helpOut() }
    }

    /// Fills in owners, and the processes that they are.
    ///
    /// - Returns: what could not be seen.
    func fill(_ readings: inout [NamespaceReading.Reading]) -> [Unseen] {
        guard root.isHost else { return [] }
        let sought = readings.flatMap { self.sought(in: $0.snapshot) }
        guard sought.contains(where: { $0.inodes.contains { $0 != 0 } }) else {
            low.abandon()
            return []
        }
        var owners = KnownHolders(owners: find(sought), root: root)
        var groups = CgroupNames(root: root)
        let isElsewhere = Container.hidesProcesses(root: root)
        for index in readings.indices {
            let holders = readings[index].holders
            fill(&readings[index].snapshot, holders: holders, from: &owners, groups: &groups)
            if isElsewhere { Self.sayNotVisible(in: &readings[index].snapshot) }
        }
        return owners.unseen
    }

    private func find(_ sought: [SocketOwners.Sought]) -> SocketOwners {
        if let answer = client?.find(sought) {
            low.abandon()
            return answer
        }
        return SocketOwners.find(sought, root: root, budget: budget) {
            () throws(KernelError) in
            try low.value()
        }
    }

    /// In a container a holder that was not found may well be there, in another PID namespace.
    private static func sayNotVisible(in snapshot: inout Snapshot) {
        let reason = "not visible: no process of this container holds it"
        for index in snapshot.listeners.indices
        where snapshot.listeners[index].owner.confidence == .unknown {
            snapshot.listeners[index].owner.reason = reason
        }
        for index in snapshot.tuples.indices.prefix(tuplesLookedUp)
        where snapshot.tuples[index].owner.confidence == .unknown
            && !snapshot.tuples[index].samples.isEmpty
        {
            snapshot.tuples[index].owner.reason = reason
        }
    }

    private func sought(in snapshot: Snapshot) -> [SocketOwners.Sought] {
        let range = Double(snapshot.portRange.count)
        // A finding is about each of them: before the tuples, which would count one found as all.
        var sought = Self.further(in: snapshot).flatMap { samples in
            samples.map { SocketOwners.Sought(inodes: [$0.inode]) }
        }
        sought += snapshot.listeners.flatMap { Self.sought($0) }
        for ledger in snapshot.tuples.prefix(Self.tuplesLookedUp) {
            let inodes = ledger.samples.map(\.inode)
            // A connect() without an answer is a finding however few ports it holds.
            let isPressing =
                budget == nil || (ledger.unanswered ?? 0) > 0
                || Double(ledger.used) >= Self.pressingRatio * range
            // Each by itself, where it matters whether they are one program's.
            let isShared = Double(ledger.used) >= Self.sharedRatio * range
            let together = isShared ? TupleDetail.sampleLimit : inodes.count
            sought.append(
                SocketOwners.Sought(inodes: Array(inodes.prefix(together)), isPressing: isPressing))
            sought += Self.each(inodes.dropFirst(together))
        }
        for bound in snapshot.bound ?? [] {
            let inodes = bound.samples.map(\.inode)
            let isPressing = Double(bound.portsInRange) >= Self.pressingRatio * range
            let together = isPressing ? 1 : inodes.count
            sought.append(
                SocketOwners.Sought(inodes: Array(inodes.prefix(together)), isPressing: isPressing))
            sought += Self.each(inodes.dropFirst(together))
        }
        for state in snapshot.stateSamples ?? [] {
            let inodes = state.samples.map(\.inode)
            sought +=
                state.held >= Self.manyOfAState
                ? Self.each(inodes)
                : [SocketOwners.Sought(inodes: inodes, isPressing: false, isBeside: true)]
        }
        return sought + Self.each(snapshot.unixListeners?.waiting.map(\.inode) ?? [])
    }

    /// Of several sockets the one with the fullest queue, which is the first, tells more than the others.
    private static func sought(_ listener: Listener) -> [SocketOwners.Sought] {
        let inodes = listener.samples.map(\.inode)
        guard listener.sockets > 1 else { return [SocketOwners.Sought(inodes: inodes)] }
        return [SocketOwners.Sought(inodes: Array(inodes.prefix(1)))] + each(inodes)
    }

    /// Sockets that few hosts have, and that are looked for each by itself.
    private static func further(in snapshot: Snapshot) -> [[SocketSample]] {
        (snapshot.goneAddresses ?? []).map(\.samples) + (snapshot.portBlocks ?? []).map(\.samples)
            + (snapshot.unreadOutgoing ?? []).filter { $0.sockets >= fewUnread }.map(\.samples)
            + (snapshot.stalledPeers ?? []).filter(isTelling).map(\.samples)
            + [snapshot.mptcp?.samples ?? []]
    }

    /// With fewer unread connections to a destination no finding is about it.
    static let fewUnread = 10

    /// A finding may be about it.
    private static func isTelling(_ peer: StalledPeer) -> Bool {
        peer.lasting > 1 || peer.closed > 1
    }

    private static func each(_ inodes: some Sequence<UInt32>) -> [SocketOwners.Sought] {
        inodes.map { SocketOwners.Sought(inodes: [$0], isBeside: true) }
    }

    private func fill(
        _ snapshot: inout Snapshot, holders: [Tuple: [(pid: Int32, sockets: Int)]]?,
        from owners: inout KnownHolders, groups: inout CgroupNames
    ) {
        for index in snapshot.listeners.indices {
            let samples = snapshot.listeners[index].samples
            snapshot.listeners[index].owner =
                owners.owner(
                    of: samples, confidence: .certain, reason: "holds the listening socket")
                ?? unit(samples, &groups, reason: "this unit opened the listening socket")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: owners.reasonWithoutOwner("the listening socket"))
            guard snapshot.listeners[index].sockets > 1 else { continue }
            let shares = owners.shares(of: samples)
            if shares.count > 1 { snapshot.listeners[index].owners = shares }
            guard snapshot.listeners[index].queue > 0,
                let fullest = samples.first
            else { continue }
            snapshot.listeners[index].fullestOwner = owners.owner(
                of: [fullest], confidence: .certain,
                reason: "holds the socket with the fullest queue")
        }
        for index in snapshot.tuples.indices.prefix(Self.tuplesLookedUp) {
            let ledger = snapshot.tuples[index]
            let counted = holders?[ledger.tuple]?.map { (pids: [$0.pid], sockets: $0.sockets) }
            let shares = counted.map { owners.shares(of: $0) } ?? owners.shares(of: ledger.samples)
            let words = SharedOwnership(ledger, shares: shares, isCounted: counted != nil)
            snapshot.tuples[index].owners = shares.count > 1 ? words.shares : nil
            snapshot.tuples[index].owner =
                words.owner
                ?? unit(
                    ledger.samples, &groups,
                    reason: "this unit opened the connections to this destination")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: ledger.samples.isEmpty
                        ? "no open connection to the same destination shows it"
                        : owners.reasonWithoutOwner("its open sockets"))
        }
        fillOthers(&snapshot, from: &owners, groups: &groups)
        addProcesses(to: &snapshot, from: &owners)
    }

    /// Owners of bound and idle sockets, of sockets in certain states, and of Unix listeners.
    private func fillOthers(
        _ snapshot: inout Snapshot, from owners: inout KnownHolders, groups: inout CgroupNames
    ) {
        for index in (snapshot.bound ?? []).indices {
            guard let samples = snapshot.bound?[index].samples else { continue }
            let found = owners.shares(of: samples).first
            let reason =
                "holds \(found?.sockets ?? 0) of the \(samples.count) bound sockets checked"
            snapshot.bound?[index].owner =
                owners.owner(of: samples, confidence: .likely, reason: reason)
                ?? unit(samples, &groups, reason: "this unit opened the bound sockets")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: owners.reasonWithoutOwner("the bound sockets"))
        }
        for index in (snapshot.stateSamples ?? []).indices {
            guard let samples = snapshot.stateSamples?[index].samples else { continue }
            snapshot.stateSamples?[index].owners = owners.shares(of: samples)
        }
        for index in (snapshot.goneAddresses ?? []).indices {
            guard let samples = snapshot.goneAddresses?[index].samples else { continue }
            snapshot.goneAddresses?[index].owners = owners.shares(of: samples)
        }
        for index in (snapshot.portBlocks ?? []).indices {
            guard let samples = snapshot.portBlocks?[index].samples else { continue }
            snapshot.portBlocks?[index].owners = owners.shares(of: samples)
        }
        for index in (snapshot.unreadOutgoing ?? []).indices {
            guard let one = snapshot.unreadOutgoing?[index], one.sockets >= Self.fewUnread
            else { continue }
            snapshot.unreadOutgoing?[index].owners = owners.shares(of: one.samples)
        }
        for index in (snapshot.stalledPeers ?? []).indices {
            guard let one = snapshot.stalledPeers?[index], Self.isTelling(one) else { continue }
            snapshot.stalledPeers?[index].owners = owners.shares(of: one.samples)
        }
        if let samples = snapshot.mptcp?.samples {
            snapshot.mptcp?.owners = owners.shares(of: samples)
        }
        for index in (snapshot.unixListeners?.waiting ?? []).indices {
            guard let inode = snapshot.unixListeners?.waiting[index].inode else { continue }
            let sample = SocketSample(
                inode: inode, uid: 0, cgroup: 0, localPort: 0, state: .listen)
            snapshot.unixListeners?.waiting[index].owner =
                owners.owner(
                    of: [sample], confidence: .certain, reason: "holds the listening socket")
                ?? Owner(
                    name: nil, confidence: .unknown,
                    reason: "found no process that holds the listening socket")
        }
    }

    /// Tells more of the processes that are owners.
    private func addProcesses(to snapshot: inout Snapshot, from owners: inout KnownHolders) {
        var known = InodeTable()
        for process in snapshot.processes { known.insert(UInt32(bitPattern: process.pid), 0) }
        let tuples = snapshot.tuples.prefix(Self.tuplesLookedUp)
        let all =
            snapshot.listeners.map(\.owner) + snapshot.listeners.compactMap(\.fullestOwner)
            + tuples.map(\.owner)
            + tuples.flatMap { $0.owners ?? [] }.map(\.owner)
            + (snapshot.bound ?? []).map(\.owner)
            + (snapshot.stateSamples ?? []).flatMap(\.owners).map(\.owner)
            + Self.furtherOwners(in: snapshot).map(\.owner)
            + (snapshot.unixListeners?.waiting ?? []).map(\.owner)
        for pid in all.flatMap(\.pids) where known.insert(UInt32(bitPattern: pid), 0) {
            if let process = owners.process(pid) { snapshot.processes.append(process) }
        }
    }

    private static func furtherOwners(in snapshot: Snapshot) -> [OwnerShare] {
        (snapshot.goneAddresses ?? []).flatMap(\.owners)
            + (snapshot.portBlocks ?? []).flatMap(\.owners)
            + (snapshot.unreadOutgoing ?? []).flatMap(\.owners)
            + (snapshot.stalledPeers ?? []).flatMap(\.owners) + (snapshot.mptcp?.owners ?? [])
            + snapshot.listeners.flatMap { $0.owners ?? [] }
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
