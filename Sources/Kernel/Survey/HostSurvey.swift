package import HostState

/// Observes a host: its namespaces, their sockets, settings and counters, and who owns what.
package struct HostSurvey: Sendable {
    private let options: SurveyOptions

    package init(_ options: SurveyOptions) { self.options = options }

    /// Descriptors that are looked at for owners, unless all processes were asked for: some 70 ms.
    static let ownerBudget = 20_000

    /// Takes one snapshot of each namespace asked for, or two an interval apart.
    package func observe() throws(KernelError) -> Observation {
        let root = options.root
        let (places, unseenPlaces) = try namespaces()
        var before: [Snapshot?] = places.map { _ in nil }
        var endings: [DestroyEvents?] = []
        var watches: [OwnerWatch?] = places.map { _ in nil }
        if let interval = options.interval {
            let end = BootClock.now + interval
            endings = places.map { place in
                try? inside(place) { () throws(KernelError) in try DestroyEvents.open() }
            }
            before = try snapshots(of: places)
            for case (let index, let snapshot?) in before.enumerated() {
                watches[index] = try? inside(places[index]) { () throws(KernelError) in
                    try OwnerWatch.open(for: snapshot, root: root)
                }
            }
            try IntervalWatch(events: endings, owners: watches.compactMap(\.self)).wait(until: end)
        }
        let facts = Deferred { HostFacts.read(root: root) }
        let now = try snapshots(of: places) { _ = facts.value }
        let (host, unseenOfHost) = facts.value
        var views: [Observation.View] = []
        for (index, snapshot) in now.enumerated() {
            guard var snapshot else { continue }
            if options.interval != nil { Self.add(endings[index], to: &snapshot) }
            watches[index]?.fill(&snapshot)
            views.append(Observation.View(now: snapshot, earlier: before[index]))
        }
        var unseen = unseenPlaces + unseenOfHost
        if views.count < places.count {
            unseen.append(
                Unseen(
                    what: "\(places.count - views.count) of \(places.count) namespaces",
                    why: "gone before they were read, or not to be entered: run as root"))
        }
        views[0].now.unseen.insert(contentsOf: unseen, at: 0)
        return Observation(host: host, views: views)
    }

    private func namespaces() throws(KernelError) -> ([NetworkNamespace], [Unseen]) {
        guard let text = options.namespaces else {
            return ([try NetworkNamespaces.current(root: options.root)], [])
        }
        return try NetworkNamespaces.select(text, root: options.root)
    }

    /// One for each place, nil where it was not to be read: a namespace may go with its last process while others are read.
    ///
    /// - Parameter meanwhile: done while the second thread looks for owners.
    private func snapshots(
        of places: [NetworkNamespace], meanwhile: () -> Void = {}
    ) throws(KernelError) -> [Snapshot?] {
        let holders = options.allProcesses ? try SocketHolders.read(root: options.root) : nil
        let attribution = OwnerAttribution(
            root: options.root, budget: options.allProcesses ? nil : Self.ownerBudget)
        var indices: [Int] = []
        var snapshots: [Snapshot] = []
        for (index, place) in places.enumerated() {
            let reading = NamespaceReading(namespace: place.namespace, options: options)
            let counts = holders.map { SocketOwnerCounts($0) }
            do throws(KernelError) {
                snapshots.append(
                    try inside(place) { () throws(KernelError) in
                        try reading.read(
                            owners: counts, andThen: index == 0 ? attribution.helpOut : nil)
                    })
                indices.append(index)
            } catch {
                let isLast = index == places.count - 1
                guard error.isAbsent || error.isDenied, places.count > 1,
                    !(isLast && snapshots.isEmpty)
                else { throw error }
            }
        }
        meanwhile()
        snapshots[0].unseen += holders?.unseen ?? []
        snapshots[0].unseen += attribution.fill(&snapshots)
        var byPlace: [Snapshot?] = places.map { _ in nil }
        for (index, snapshot) in zip(indices, snapshots) { byPlace[index] = snapshot }
        return byPlace
    }

    /// Runs in that namespace; on this thread, if it is there already.
    private func inside<Result: Sendable>(
        _ place: NetworkNamespace, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        guard let path = place.path, options.namespaces != nil,
            place.namespace.inode != (try? NamespaceLink.read("thread-self", root: .host))
        else { return try body() }
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
