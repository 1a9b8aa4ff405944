import Collector
import Kernel
import Metrics
import Model
import Report
import Watching

/// Looks again and again, and makes of each look what is shown: one at a time, on one thread.
final class AgentSession {
    private(set) var settings: AgentSettings
    private var collector: HostCollector
    private var metrics: HostMetrics
    private let board: SampleBoard
    /// Nil for an agent that looks once and tells nobody.
    private let alerts: AgentAlerts?
    /// Processor seconds by the work, of this collector and of those before it.
    private var work: [String: Double] {
        carried.merging(Self.work(collector), uniquingKeysWith: +)
    }
    private var carried: [String: Double] = ["pages": 0]
    private let began = BootClock.now
    private var nextFile = 0.0
    /// Seconds between two writings of the file: nobody reads it more often than that.
    private static let betweenFiles = 5.0 - 0.1
    /// When the process started, which the clock of a machine that was set tells otherwise each time.
    private let started = OwnProcess.started

    init(
        _ settings: AgentSettings, board: SampleBoard, alerts: AgentAlerts? = nil
    ) throws(KernelError) {
        self.alerts = alerts
        self.settings = settings
        self.board = board
        collector = try Self.collector(settings)
        metrics = HostMetrics(top: settings.top)
    }

    private static func collector(_ settings: AgentSettings) throws(KernelError) -> HostCollector {
        var pace = NamespaceCollector.Pace(share: settings.share)
        pace.rest = AgentSettings.rest
        pace.dumps = .gentle
        return try HostCollector(HostCollector.Request(settings.netns, pace: pace))
    }

    /// Goes on with other settings; what they do not touch stays as it is.
    func change(to new: AgentSettings) throws(KernelError) {
        if (new.netns, new.share) != (settings.netns, settings.share) {
            let other = try Self.collector(new)
            carried = work
            collector = other
        }
        try alerts?.change(to: new.alerts)
        if new.top != settings.top { metrics = HostMetrics(top: new.top) }
        settings = new
        nextFile = 0
    }

    /// Looks once and publishes it; the page of metrics is written where a file is wanted.
    func look() throws(KernelError) {
        try collector.look()
        let start = ProcessClock.used
        let views = namedViews
        alerts?.look(views)
        let figures = figures
        metrics.update(views, agent: figures, transaction: nil)
        let now = BootClock.now
        let sample = Sample(
            time: now, clock: WallClock.now, host: collector.host, views: views,
            metrics: metrics, unseen: collector.unseen,
            cost: WatchPage.Cost(
                processor: now > began ? ProcessClock.used / (now - began) : nil,
                memory: figures.resident.map(Int64.init)), isReady: collector.isComplete)
        board.publish(sample, isSummary: settings.isSummary)
        defer { carried["pages", default: 0] += ProcessClock.used - start }
        guard let path = settings.textfile, now >= nextFile else { return }
        nextFile = now + Self.betweenFiles
        let page = board.respond(path: "/metrics")
        try PublishedFile.replace(path, with: page.body)
    }

    /// Gives alerts that are under way a moment to arrive.
    func stop() { alerts?.stop() }

    /// A sentence for `systemctl status`.
    var status: String {
        let count = collector.namespaces.count
        let sockets = collector.namespaces.reduce(0) { $0 + $1.watched.socketCount }
        let findings = collector.namespaces.reduce(0) { $0 + $1.watched.findings.present.count }
        return
            "\(sockets) sockets in \(count) network namespace\(count == 1 ? "" : "s"), \(findings) finding\(findings == 1 ? "" : "s")"
    }

    /// Each by its name; one of two that have the same is told by its inode as well.
    private var namedViews: [WatchedView] {
        var names: Set<String> = []
        return collector.namespaces.map { one in
            var name = one.place.namespace.name
            if !names.insert(name).inserted {
                name += " net:[\(one.inode)]"
                names.insert(name)
            }
            return WatchedView(name: name, watched: one.watched)
        }
    }

    private static func work(_ collector: HostCollector) -> [String: Double] {
        var work = ["namespaces": collector.listing]
        for look in LookSchedule.Look.allCases {
            work[look.label] = collector.spent[look] ?? 0
        }
        return work
    }

    private var figures: AgentFigures {
        var figures = AgentFigures(
            version: AgentProgram.tool.version, work: work, sampled: WallClock.now,
            processorSeconds: ProcessClock.used)
        let memory = OwnProcess.memory
        figures.resident = memory.map { Int($0.resident) }
        figures.virtual = memory.map { Int($0.virtual) }
        figures.descriptors = OwnProcess.descriptors
        figures.descriptorLimit = OwnProcess.descriptorLimit
        figures.started = started
        figures.alerts = alerts?.figures
        return figures
    }
}

extension LookSchedule.Look {
    fileprivate var label: String {
        switch self {
        case .counters: "counters"
        case .closings: "closings"
        case .everything: "everything"
        }
    }
}
