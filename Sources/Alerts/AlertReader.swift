import Audit
import Model
import Watching

/// Makes readings of what is watched: of each look once.
struct AlertReader: Sendable {
    /// When everything was looked at, by namespace, as of the last readings.
    private var seen: [String: Double] = [:]

    init() {}

    /// What the newest looks say of all that is found, and of the alerts that are known.
    ///
    /// - Parameter minimum: findings that are less severe are passed over.
    mutating func readings(
        _ views: [WatchedView], known: [AlertKey], minimum: Severity
    ) -> [AlertKey: AlertReading] {
        let known = Dictionary(grouping: known, by: \.netns)
        var readings: [AlertKey: AlertReading] = [:]
        for view in views {
            let sight = NamespaceFindings(view, minimum: minimum)
            let keys = known[view.name] ?? []
            let queues = QueueReadings(view, sight)
            readings.merge(queues.readings(known: keys)) { first, _ in first }
            guard let sight, seen[view.name] != sight.asOf else { continue }
            seen[view.name] = sight.asOf
            readings.merge(sight.readings(known: keys)) { first, _ in first }
        }
        seen = seen.filter { name, _ in views.contains { $0.name == name } }
        return readings
    }
}
