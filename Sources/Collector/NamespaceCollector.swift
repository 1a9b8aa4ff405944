import Audit
package import Kernel
package import Model
package import Watching

/// Makes the looks that a watched namespace asks for, and measures what each takes.
package final class NamespaceCollector {
    package private(set) var watched: WatchedNamespace
    /// As of the last look at everything.
    package private(set) var host: Host?
    package private(set) var place: NetworkNamespace
    private let sampler: NamespaceSampler
    private let survey: RepeatedSurvey
    private let dumps: DumpPace?

    /// How a namespace is watched.
    package struct Pace: Sendable {
        /// Of one processor, that looking may take.
        package var share: Double
        /// Seconds between two looks at everything while no port can have run out and nothing is dropped.
        package var rest = LookSchedule.shortestBetweenEverything
        /// Seconds of closings and of counters that are kept.
        package var seconds = WatchedNamespace.usualSeconds
        /// How dumps are spread over time; nil for at once.
        package var dumps: DumpPace?
        /// What `tcptune apply` changed, asked for at each look at everything.
        package var applied: @Sendable () -> AppliedChanges? = { nil }
        /// Who is asked for the owners of sockets; nil where this process looks itself.
        package var owners: OwnersClient?

        package init(share: Double) { self.share = share }
    }

    /// Opens the one namespace that an argument means, or that of the caller.
    package static func open(
        _ netns: String?, pace: Pace
    ) throws(KernelError) -> NamespaceCollector {
        try NamespaceCollector(
            try place(netns), options: .watching(netns, pace: pace), pace: pace)
    }

    /// Opens one of several.
    static func open(
        _ place: NetworkNamespace, pace: Pace
    ) throws(KernelError) -> NamespaceCollector {
        try NamespaceCollector(
            place, options: .watching(nil, at: place, pace: pace), pace: pace)
    }

    private init(
        _ place: NetworkNamespace, options: SurveyOptions, pace: Pace
    ) throws(KernelError) {
        self.place = place
        dumps = pace.dumps
        sampler = try place.run(NamespaceSampler.open)
        survey = RepeatedSurvey(options)
        watched = WatchedNamespace(
            share: pace.share, at: BootClock.now, rest: pace.rest, seconds: pace.seconds)
    }

    private static func place(_ netns: String?) throws(KernelError) -> NetworkNamespace {
        guard let netns else { return try NetworkNamespaces.current(root: .host) }
        let (places, _) = try NetworkNamespaces.select(netns, root: .host)
        guard places.count == 1, let place = places.first else {
            throw KernelError.absent(
                "find", "one network namespace", detail: "'\(netns)' names \(places.count)")
        }
        return place
    }

    /// Goes on with another file that leads to the namespace: the process that it was entered by has ended.
    ///
    /// Its name stays: a series of metrics is known by it.
    func move(to place: NetworkNamespace) {
        guard place.path != self.place.path else { return }
        var renamed = place
        renamed.namespace.name = self.place.namespace.name
        self.place = renamed
        survey.move(to: renamed)
    }

    package func change(share: Double) { watched.change(share: share) }

    /// Looks once; what was looked at.
    ///
    /// - Parameter neighbours: what was seen of the host's other namespaces, for rules that compare.
    @discardableResult
    package func look(
        beside neighbours: [Snapshot] = []
    ) throws(KernelError) -> LookSchedule.Look {
        let start = ProcessClock.used
        let counters = try sampler.counters()
        // Without sock_diag there are counters alone, and what the survey reads of /proc.
        let listeners = (try? sampler.listeners()) ?? []
        let look = watched.take(counters, listeners)
        let afterCounters = ProcessClock.used
        watched.spend(afterCounters - start, at: counters.time)
        switch look {
        case .counters: break
        case .closings:
            if let record = closings {
                watched.take(
                    record, cost: ProcessClock.used - afterCounters, at: counters.time)
            }
        case .everything: try lookAtEverything(counters, since: afterCounters, neighbours)
        }
        return look
    }

    /// Nil without sock_diag.
    ///
    /// The listeners are those that were just read.
    private var closings: ClosingRecord? {
        try? sampler.closings(listening: Set(watched.listeners.map(\.port)), pace: dumps)
    }

    private func lookAtEverything(
        _ counters: CounterSample, since start: Double, _ neighbours: [Snapshot]
    ) throws(KernelError) {
        let observation = try survey.observe()
        host = observation.host
        guard let view = observation.views.first else { return }
        let assessment = Assessment(
            host: observation.host, view: view,
            neighbours: neighbours.isEmpty ? [] : [view.now] + neighbours)
        if let record = closings { watched.take(record, cost: 0, at: counters.time) }
        watched.take(assessment, counters: counters, cost: ProcessClock.used - start)
    }
}
