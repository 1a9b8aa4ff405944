package import Model

/// Observes a host: its namespaces, their sockets, settings and counters, and who owns what.
package struct HostSurvey: Sendable {
    private var options: SurveyOptions

    package init(_ options: SurveyOptions) { self.options = options }

    /// The same, of a namespace to which another file leads now.
    mutating func move(to place: NetworkNamespace) { options.place = place }

    /// Descriptors that are looked at for owners, unless all processes were asked for: some 70 ms.
    package static let ownerBudget = 20_000

    /// Takes one snapshot of each namespace asked for, or two an interval apart.
    package func observe() throws(KernelError) -> Observation {
        let root = options.root
        let (places, unseenPlaces) = try namespaces()
        var before: [NamespaceReading.Reading?] = places.map { _ in nil }
        var endings: [DestroyEvents?] = []
        var watches: [OwnerWatch?] = places.map { _ in nil }
        if let interval = options.interval {
            let end = BootClock.now + interval
            endings = places.map { place in
                try? inside(place) { () throws(KernelError) in try DestroyEvents.open() }
            }
            before = try readings(of: places)
            for case (let index, let reading?) in before.enumerated() {
                let snapshot = reading.snapshot
                watches[index] = try? inside(places[index]) { () throws(KernelError) in
                    try OwnerWatch.open(for: snapshot, root: root)
                }
            }
            try IntervalWatch(events: endings, owners: watches.compactMap(\.self)).wait(until: end)
        }
        let facts = Deferred { HostFacts.read(root: root) }
        let now = try readings(of: places, areLater: options.interval != nil) { _ = facts.value }
        var observation = try assemble(
            now, since: before, of: places, facts.value, besides: unseenPlaces)
        guard options.interval != nil else { return observation }
        // Views are those of the places that could be read, in their order.
        let read = now.indices.filter { now[$0] != nil }
        for (view, place) in zip(observation.views.indices, read) {
            Self.add(endings[place], to: &observation.views[view].now)
            watches[place]?.fill(&observation.views[view].now)
        }
        return observation
    }

    /// An observation of readings, each beside an earlier one of its place.
    ///
    /// - Parameter facts: of the host, and what of them could not be read.
    func assemble(
        _ now: [NamespaceReading.Reading?], since before: [NamespaceReading.Reading?],
        of places: [NetworkNamespace], _ facts: (Host, [Unseen]), besides unseenPlaces: [Unseen]
    ) throws(KernelError) -> Observation {
        let root = options.root
        let (host, unseenOfHost) = facts
        var views: [Observation.View] = []
        for (index, reading) in now.enumerated() {
            guard let reading else { continue }
            var snapshot = reading.snapshot
            if let earlier = before[index], snapshot.source == .diag {
                reading.waiting.fill(&snapshot.listeners, since: earlier.waiting)
                reading.unread.fill(&snapshot, since: earlier.unread)
            }
            views.append(Observation.View(now: snapshot, earlier: before[index]?.snapshot))
        }
        // Of a tree of boot-time files alone, /proc is missed once and not file by file.
        let hasKernel = root.isHost || root.exists("/proc")
        var unseen = unseenPlaces + (hasKernel ? unseenOfHost : [])
        if Container.hidesProcesses(root: root) { unseen.append(Container.unseenProcesses) }
        if options.namespaces == nil, options.place == nil, let empty = views.first?.now,
            empty.states.total == 0
        {
            unseen += OtherNamespaces.unseen(beside: empty, root: root)
        }
        if views.count < places.count {
            unseen.append(
                Unseen(
                    what: "\(places.count - views.count) of \(places.count) namespaces",
                    why: "gone before tcptune read them, or tcptune may not enter them: run as root"
                ))
        }
        views[0].now.unseen.insert(contentsOf: unseen, at: 0)
        return Observation(host: host, views: views)
    }

    func namespaces() throws(KernelError) -> ([NetworkNamespace], [Unseen]) {
        if let place = options.place { return ([place], []) }
        guard let text = options.namespaces else {
            return ([try NetworkNamespaces.current(root: options.root)], [])
        }
        return try NetworkNamespaces.select(text, root: options.root)
    }

    /// One for each place, nil where it was not to be read: a namespace may go with its last process while others are read.
    ///
    /// - Parameter meanwhile: done while the second thread looks for owners.
    func readings(
        of places: [NetworkNamespace], areLater: Bool = false, meanwhile: () -> Void = {}
    ) throws(KernelError) -> [NamespaceReading.Reading?] {
        // A tree of boot-time files alone has no processes.
        let hasProcesses = options.root.isHost || options.root.exists("/proc")
        let holders =
            options.allProcesses && hasProcesses
            ? try SocketHolders.read(root: options.root) : nil
        let attribution = OwnerAttribution(
            root: options.root, budget: options.allProcesses ? nil : Self.ownerBudget,
            client: options.owners)
        var indices: [Int] = []
        var readings: [NamespaceReading.Reading] = []
        for (index, place) in places.enumerated() {
            let reading = NamespaceReading(
                namespace: place.namespace, options: options, isLater: areLater)
            let counts = holders.map { SocketOwnerCounts($0) }
            do throws(KernelError) {
                readings.append(
                    try inside(place) { () throws(KernelError) in
                        try reading.read(
                            owners: counts, andThen: index == 0 ? attribution.helpOut : nil)
                    })
                indices.append(index)
            } catch {
                let isLast = index == places.count - 1
                guard error.isAbsent || error.isDenied, places.count > 1,
                    !(isLast && readings.isEmpty)
                else { throw error }
            }
        }
        meanwhile()
        var unseen = holders?.unseen ?? []
        // Both may have met the same processes that they may not look into.
        for one in attribution.fill(&readings) where !unseen.contains(one) { unseen.append(one) }
        readings[0].snapshot.unseen += unseen
        var byPlace: [NamespaceReading.Reading?] = places.map { _ in nil }
        for (index, reading) in zip(indices, readings) { byPlace[index] = reading }
        return byPlace
    }

    /// Runs in that namespace; on this thread, if it is there already.
    private func inside<Result: Sendable>(
        _ place: NetworkNamespace, _ body: @escaping @Sendable () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        guard let path = place.path, options.namespaces != nil || options.place != nil,
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
                    ? "sock_diag did not report them"
                    : "more connections ended than the queue of reports can take"))
    }
}
