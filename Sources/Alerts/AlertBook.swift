package import Audit
import Model

/// All alerts of a host: what stands, and what there is to tell of it.
///
/// A value: times are given to it. Receivers hear at most six messages an hour of a rule and subject.
package struct AlertBook: Sendable {
    private var records: [AlertKey: AlertRecord] = [:]
    /// Subjects that no alert could be kept of, for there were too many.
    package private(set) var leftOut = 0

    /// So many subjects are followed at a time.
    package static let mostKept = 1000

    package init() {}

    /// Takes in what was seen, and says what is to be told.
    ///
    /// - Parameters:
    ///   - readings: of this moment; a subject that has none was not looked at.
    ///   - watched: the network namespaces that are watched.
    ///   - now: CLOCK_BOOTTIME, in seconds.
    ///   - clock: the same moment in seconds since 1970.
    package mutating func update(
        _ readings: [AlertKey: AlertReading], watched: Set<String>, at now: Double, clock: Double
    ) -> [AlertMessage] {
        for (key, reading) in readings {
            if records[key] == nil {
                guard reading.condition == .over else { continue }
                guard records.count < Self.mostKept else {
                    leftOut += 1
                    continue
                }
                records[key] = AlertRecord(key, at: now)
            }
            records[key]?.take(reading)
        }
        var messages: [AlertMessage] = []
        // Those that say more come first.
        for key in records.keys.sorted() {
            let isWatched = watched.contains(key.netns)
            let mayRaise = !isSaid(key)
            guard
                let message = records[key]?.settle(
                    at: now, clock: clock, isWatched: isWatched, mayRaise: mayRaise)
            else { continue }
            messages.append(message)
        }
        records = records.filter { !$0.value.isOver(at: now) }
        return messages
    }

    /// Whether another alert says the same and more: ports that run out are slow to be found as well.
    private func isSaid(_ key: AlertKey) -> Bool {
        guard key.rule == .portsSlow else { return false }
        let more = AlertKey(rule: .portsExhausting, netns: key.netns, subject: key.subject)
        return records[more]?.course.isRaised ?? false
    }

    /// What is known of, alerts that do not stand as well.
    package var keys: [AlertKey] { Array(records.keys) }

    /// How many stand, by severity.
    package var standing: [Severity: Int] {
        records.values.compactMap(\.told).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
