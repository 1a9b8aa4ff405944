import Audit
import Kernel
import Model
import Watching

/// Makes the looks that a watched namespace asks for, and measures what each takes.
final class HostWatcher {
    private(set) var watched: WatchedNamespace
    private(set) var host: Host?
    private let sampler: NamespaceSampler
    private let survey: RepeatedSurvey

    /// Opens the namespace of the request.
    init(_ request: WatchRequest) throws(KernelError) {
        let place = try Self.place(request.netns)
        sampler = try place.run(NamespaceSampler.open)
        var reading = ReadingRequest()
        reading.netns = request.netns
        reading.judgedSettingsOnly = true
        survey = RepeatedSurvey(reading.surveyOptions)
        watched = WatchedNamespace(share: request.share, at: BootClock.now)
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

    /// Looks once; what was looked at.
    func look() throws(KernelError) -> LookSchedule.Look {
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
        case .everything: try lookAtEverything(counters, since: afterCounters)
        }
        return look
    }

    /// Nil without sock_diag.
    ///
    /// The listeners are those that were just read.
    private var closings: ClosingRecord? {
        try? sampler.closings(listening: Set(watched.listeners.map(\.port)))
    }

    private func lookAtEverything(
        _ counters: CounterSample, since start: Double
    ) throws(KernelError) {
        let observation = try survey.observe()
        host = observation.host
        guard let view = observation.views.first else { return }
        let assessment = Assessment(host: observation.host, view: view)
        if let record = closings { watched.take(record, cost: 0, at: counters.time) }
        watched.take(assessment, counters: counters, cost: ProcessClock.used - start)
    }
}
