import HostState

/// Reads one network namespace, from a thread that is inside it.
struct NamespaceReading: Sendable {
    let namespace: Namespace
    let options: SurveyOptions

    /// Bound and idle ports are asked for only where a tuple holds that share of the range: they cost a walk more than
    /// all the rest, and change a verdict only near the end.
    static let fillThatAsksForBoundPorts = 0.8

    /// Reads all there is; what cannot be read is noted.
    ///
    /// - Parameters:
    ///   - owners: who holds which socket, where all processes were asked for.
    ///   - after: what the thread that reads the settings does then, beside this one.
    func read(
        owners: SocketOwnerCounts? = nil, andThen after: (@Sendable () -> Void)? = nil
    ) throws(KernelError) -> Snapshot {
        var snapshot = Snapshot(
            namespace: namespace, time: WallClock.now, uptime: BootClock.now, source: .none)
        let settings = SettingsReading(
            keys: options.keys, judged: options.keysJudged, root: options.root, andThen: after)
        let (counters, unseenCounters) = CounterFiles.read(root: options.root)
        snapshot.counters = counters
        snapshot.unseen += unseenCounters
        var sockets = SocketSurvey()
        sockets.source = options.source
        sockets.threads = options.threads
        sockets.tupleLimit = options.tupleLimit
        sockets.listenersOnly = options.listenersOnly
        sockets.destinationPort = options.destinationPort
        let known = (counters["sockstat.TCP", "inuse"] ?? 0) + (counters["sockstat.TCP", "tw"] ?? 0)
        sockets.expected = Int(clamping: max(0, known))
        sockets.root = options.root
        sockets.range = SettingsReading.portRange(root: options.root)
        if let counted = try sockets.read(into: &snapshot, owners: owners) {
            snapshot.processes = counted.processes(root: options.root)
        }
        settings.fill(&snapshot)
        if let fullest = snapshot.tuples.first, snapshot.source == .diag,
            Double(fullest.used) >= Self.fillThatAsksForBoundPorts * Double(sockets.range.count)
        {
            snapshot.boundPorts = try sockets.readBoundPorts()
        }
        return snapshot
    }
}
