import Audit
import Model
import Text
import Watching

/// What counters and findings say of the accept queue of each listener.
struct QueueReadings {
    private let view: WatchedView
    private let sight: NamespaceFindings?

    /// Drops per second from which connections fail and are not merely late, as the rule has it.
    private static let criticalPerSecond = 5.0
    /// The kernel counts an overflow in two places, which are not read at the same moment.
    private static let looksForOverflows = 3

    init(_ view: WatchedView, _ sight: NamespaceFindings?) {
        self.view = view
        self.sight = sight
    }

    func readings(known: [AlertKey]) -> [AlertKey: AlertReading] {
        guard let now = view.watched.samples.last?.time else { return [:] }
        var readings: [AlertKey: AlertReading] = [:]
        let found = sight?.findings(of: .queueOverflowing) ?? [:]
        for (key, finding) in found {
            readings[key] = AlertReading(
                .over, asOf: sight?.asOf ?? now, AlertReading.Sight(finding))
        }
        if areOverflows {
            for listener in view.watched.listeners {
                let place = WatchedNamespace.ListenerPlace(listener)
                guard let drops = view.watched.drops[place], drops > 0 else { continue }
                let key = AlertKey(
                    rule: .queueOverflowing, netns: view.name,
                    subject: listener.address.with(port: listener.port))
                readings[key] = AlertReading(
                    .over, asOf: now, Self.sight(of: listener, drops, found[key]))
            }
        }
        for key in known where key.rule == .queueOverflowing && readings[key] == nil {
            readings[key] = AlertReading(.under, asOf: now)
        }
        return readings
    }

    /// Whether an accept queue overflowed lately: a listener also counts what it drops for other reasons.
    private var areOverflows: Bool {
        guard view.watched.samples.last?[.listenOverflows] != nil else { return true }
        return view.watched.curve(of: .listenOverflows, last: Self.looksForOverflows)
            .contains { $0 > 0 }
    }

    private static func sight(
        of listener: Listener, _ drops: Double, _ finding: Finding?
    ) -> AlertReading.Sight {
        var seen = AlertReading.Sight(
            severity: drops >= criticalPerSecond ? .critical : .warning,
            observed:
                "\(drops.figure) connection requests dropped per second; accept queue \(listener.queue.grouped)"
                + (listener.backlog.map { "/\($0.grouped)" } ?? ""))
        guard let finding else { return seen }
        let more = AlertReading.Sight(finding)
        seen.severity = max(seen.severity, more.severity)
        (seen.cause, seen.owner, seen.remedy) = (more.cause, more.owner, more.remedy)
        return seen
    }
}
