import Audit
import Collector
import Kernel
import Model
import Report
import Watching

/// Looks at every interval and shows each look, until it is told to end.
struct WatchSession {
    private let request: WatchRequest

    init(_ request: WatchRequest) { self.request = request }

    func run() throws {
        do { try look() } catch let error as KernelError {
            throw error.isAbsent ? CommandFailure.reading(error) : CommandFailure.working(error)
        }
    }

    private func look() throws {
        if request.form == .screenOrLines, TerminalSession.isPossible {
            let session = try WatchScreenSession.open(request)
            if let signal = try session.run() {
                ProcessExit.leave(with: ExitStatus(signal: signal).rawValue)
            }
            return
        }
        let watcher = try NamespaceCollector.open(
            request.netns, pace: .watching(request))
        let signals = try HeldSignals.hold()
        let end = request.length.map { BootClock.now + $0 }
        var times = LookTimes(every: request.interval)
        while true {
            let look = try watcher.look()
            try show(watcher, look)
            times.advance()
            if let end, times.due > end { return }
            if let signal = try wait(until: times.due, signals) {
                ProcessExit.leave(with: ExitStatus(signal: signal).rawValue)
            }
        }
    }

    /// The number of the signal that came, if one did.
    private func wait(until due: Double, _ signals: HeldSignals) throws(KernelError) -> Int32? {
        while true {
            let rest = due - BootClock.now
            guard rest > 0 else { return nil }
            let ready = try Waitable.wait(for: [signals.waitable], atMost: rest)
            if ready.first == true, let signal = signals.next() { return signal }
        }
    }

    private func show(_ watcher: NamespaceCollector, _ look: LookSchedule.Look) throws {
        guard let host = watcher.host else { return }
        let now = WallClock.now
        try ClaimedOutput.standard.write(
            request.form == .json
                ? WatchReport.json(watcher.watched, look, host: host, time: now, tool: Tcptune.tool)
                : WatchReport.line(watcher.watched, time: now))
    }
}
