package import HostState

/// Observes a host: its namespaces, their sockets, settings and counters, and who owns what.
package struct HostSurvey: Sendable {
    private let options: SurveyOptions

    package init(_ options: SurveyOptions) { self.options = options }

    /// Descriptors that are looked at for owners, unless all processes were asked for: some 70 ms.
    static let ownerBudget = 20_000

    /// Takes one snapshot of each namespace asked for, or two an interval apart.
    package func observe() throws(KernelError) -> Observation {
        let (host, unseenOfHost) = HostFacts.read(root: options.root)
        let (places, unseenPlaces) = try namespaces()
        var before: [Snapshot] = []
        var endings: [DestroyEvents?] = []
        var watches: [OwnerWatch?] = []
        if let interval = options.interval {
            let end = BootClock.now + interval
            endings = places.map { place in
                try? inside(place) { () throws(KernelError) in try DestroyEvents.open() }
            }
            before = try snapshots(of: places)
            watches = zip(places, before).map { place, snapshot in
                let root = options.root
                return try? inside(place) { () throws(KernelError) in
                    try OwnerWatch.open(for: snapshot, root: root)
                }
            }
            try IntervalWatch(events: endings, owners: watches).wait(until: end)
        }
        var now = try snapshots(of: places)
        now[0].unseen.insert(contentsOf: unseenPlaces + unseenOfHost, at: 0)
        for index in endings.indices { Self.add(endings[index], to: &now[index]) }
        for index in watches.indices { watches[index]?.fill(&now[index]) }
        return Observation(
            host: host,
            views: now.indices.map { index in
                Observation.View(
                    now: now[index],
                    earlier: before.indices.contains(index) ? before[index] : nil)
            })
    }

    private func namespaces() throws(KernelError) -> ([NetworkNamespace], [Unseen]) {
        guard let text = options.namespaces else {
            return ([try NetworkNamespaces.current(root: options.root)], [])
        }
        return try NetworkNamespaces.select(text, root: options.root)
    }

    private func snapshots(of places: [NetworkNamespace]) throws(KernelError) -> [Snapshot] {
        let holders = options.allProcesses ? try SocketHolders.read(root: options.root) : nil
        var snapshots: [Snapshot] = []
        for place in places {
            let reading = NamespaceReading(namespace: place.namespace, options: options)
            let counts = holders.map { SocketOwnerCounts($0) }
            snapshots.append(
                try inside(place) { () throws(KernelError) in try reading.read(owners: counts) })
        }
        snapshots[0].unseen += holders?.unseen ?? []
        snapshots[0].unseen += OwnerAttribution(
            root: options.root, budget: options.allProcesses ? nil : Self.ownerBudget
        ).fill(&snapshots)
        return snapshots
    }

    /// Runs in that namespace; on this thread, if it is there already.
    private func inside<Result: Sendable>(
        _ place: NetworkNamespace, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        guard let path = place.path, options.namespaces != nil else { return try body() }
        return try NamespaceThread.run(inside: path, body)
    }

    /// Only those of the tuples kept: a server's side of a connection is not one.
    private static func add(_ events: DestroyEvents?, to snapshot: inout Snapshot) {
        let (counts, lost) = events?.endings ?? ([:], true)
        snapshot.endings = snapshot.tuples.compactMap { ledger in
            counts[ledger.tuple].map { Ending(tuple: ledger.tuple, count: $0) }
        }
        guard lost else { return }
        snapshot.unseen.append(
            Unseen(
                what: "some of the connections that ended in the interval",
                why: events == nil
                    ? "sock_diag's announcements could not be had"
                    : "more ended than the queue of announcements holds"))
    }
}
