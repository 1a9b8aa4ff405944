import Collector
import Kernel
import Metrics
import Model
import Recording
import Report
import Watching

/// Looks again and again, and makes of each look what is shown: one at a time, on one thread.
final class AgentSession {
    private(set) var settings: AgentSettings
    private var collector: HostCollector
    private var metrics: HostMetrics
    private let board: SampleBoard
    private let applied = AppliedFollower()
    private var owners: OwnersClient
    /// Nil where nothing is to be kept.
    private var history: SessionHistory?
    /// Nil for an agent that looks once and tells nobody.
    private let alerts: AgentAlerts?
    /// Processor seconds by the work, of this collector and of those before it.
    private var work: [String: Double] {
        var work = carried.merging(Self.work(collector), uniquingKeysWith: +)
        if let history { work["history", default: 0] += history.cost.processor }
        return work
    }
    private var carried: [String: Double] = ["pages": 0]
    private let began = BootClock.now
    private var nextFile = 0.0
    private let keepsHistory: Bool
    /// Seconds between two writings of the file: nobody reads it more often than that.
    private static let betweenFiles = 5.0 - 0.1
    /// When the process started, which the clock of a machine that was set tells otherwise each time.
    private let started = OwnProcess.started

    /// - Parameter keepsHistory: whether what is seen is kept, where the settings want that.
    init(
        _ settings: AgentSettings, board: SampleBoard, keepsHistory: Bool,
        alerts: AgentAlerts? = nil
    ) throws(KernelError) {
        self.alerts = alerts
        self.settings = settings
        self.board = board
        owners = OwnersClient(path: settings.owners)
        self.keepsHistory = keepsHistory
        history = keepsHistory ? SessionHistory(settings.history) : nil
        collector = try Self.collector(settings, applied, owners)
        metrics = HostMetrics(top: settings.top)
        tellOfHistory()
    }

    private static func collector(
        _ settings: AgentSettings, _ applied: AppliedFollower, _ owners: OwnersClient
    ) throws(KernelError) -> HostCollector {
        var pace = NamespaceCollector.Pace(share: settings.share)
        pace.rest = AgentSettings.rest
        pace.dumps = .gentle
        pace.applied = { applied.changes }
        pace.owners = owners
        return try HostCollector(HostCollector.Request(settings.netns, pace: pace))
    }

    private func tellOfHistory() {
        board.keep(historyIn: history == nil ? nil : settings.history.store.directory)
    }

    /// Goes on with other settings; what they do not touch stays as it is.
    func change(to new: AgentSettings) throws(KernelError) {
        if (new.netns, new.share, new.owners) != (settings.netns, settings.share, settings.owners) {
            let helper = OwnersClient(path: new.owners)
            let other = try Self.collector(new, applied, helper)
            carried = carried.merging(Self.work(collector), uniquingKeysWith: +)
            owners = helper
            collector = other
        }
        if keepsHistory, new.history != settings.history {
            history?.close()
            carried["history", default: 0] += history?.cost.processor ?? 0
            history = SessionHistory(new.history)
            settings.history = new.history
            tellOfHistory()
        }
        try alerts?.change(to: new.alerts)
        if new.top != settings.top { metrics = HostMetrics(top: new.top) }
        settings = new
        nextFile = 0
    }

    /// Looks once and publishes it; the page of metrics is written where a file is wanted.
    func look() throws(KernelError) {
        applied.look()
        try collector.look()
        let start = ProcessClock.used
        let views = namedViews
        alerts?.look(views)
        let figures = figures
        metrics.update(views, agent: figures, transaction: transaction(views))
        let now = BootClock.now
        let beforeHistory = ProcessClock.used
        history?.note(views, clock: WallClock.now, boot: now)
        let ofHistory = ProcessClock.used - beforeHistory
        if history != nil { carried["history", default: 0] += ofHistory }
        let sample = Sample(
            time: now, clock: WallClock.now, host: collector.host, views: views,
            metrics: metrics, unseen: collector.unseen + applied.unseen + unseenOwners,
            cost: WatchPage.Cost(
                processor: now > began ? ProcessClock.used / (now - began) : nil,
                memory: figures.resident.map(Int64.init)), isReady: collector.isComplete)
        board.publish(sample, isSummary: settings.isSummary)
        defer { carried["pages", default: 0] += ProcessClock.used - start - ofHistory }
        guard let path = settings.textfile, now >= nextFile else { return }
        nextFile = now + Self.betweenFiles
        let page = board.respond(path: "/metrics")
        try PublishedFile.replace(path, with: page.body)
    }

    /// Without the helper, and without rights of its own, it does not see who holds other users' sockets.
    private var unseenOwners: [Unseen] {
        guard !Caller.isRoot, let problem = owners.problem else { return [] }
        return [
            Unseen(
                what: "owners of other users' sockets",
                why: "tcptune-owners does not answer: \(problem)")
        ]
    }

    private func transaction(_ views: [WatchedView]) -> TransactionView? {
        applied.changes.flatMap { changes in
            TransactionView(
                changes, views, clock: BootClock.isMachines ? WallClock.now - BootClock.now : nil)
        }
    }

    /// Writes what is not written yet, and gives alerts that are under way a moment to arrive.
    func end() {
        history?.close()
        alerts?.stop()
    }

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
        figures.historyBytes = history?.cost.bytes.map { Int($0) }
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
