import Model
import Text

/// A counter as it stands, and by how much it grew over the interval.
struct CounterReading: Sendable, Hashable {
    /// Since boot, or since the namespace was created.
    let total: Int64
    /// Nil without an interval, or if the earlier snapshot lacks the counter.
    let growth: Int64?
    /// The length of the interval in seconds.
    let seconds: Double?

    /// The growth per second.
    var perSecond: Double? {
        guard let growth, let seconds else { return nil }
        return Double(growth) / seconds
    }

    /// True if it grew in the interval.
    var grows: Bool { (growth ?? 0) > 0 }

    /// The growth in words: `102 in 2.0 s (51/s)`; nil without an interval.
    var growthText: String? {
        guard let growth, let seconds, let perSecond else { return nil }
        return "\(growth.grouped) in \(seconds.duration) (\(perSecond.figure)/s)"
    }
}

extension Situation {
    /// A counter with its growth; nil if this kernel does not report it, or if the value makes no sense.
    func reading(_ group: String, _ name: String) -> CounterReading? {
        guard let total = counter(group, name), total >= 0 else { return nil }
        guard let interval, let before = earlier?.counters[group, name], before >= 0 else {
            return CounterReading(total: total, growth: nil, seconds: nil)
        }
        return CounterReading(total: total, growth: max(0, total - before), seconds: interval)
    }

    /// From when counters count: namespaces other than the first are younger than the host, by how
    /// much is not known.
    var epoch: String {
        now.namespace.isInit == false ? "since the namespace was created" : "since boot"
    }

    /// A total in words: `5102 since boot (about 60 per day)`, the average only if the age is known and is a day or
    /// more.
    func sinceStart(_ total: Int64) -> String {
        let days = now.uptime / 86400
        guard now.namespace.isInit == true, days.isFinite, days >= 1 else {
            return "\(total.grouped) \(epoch)"
        }
        return "\(total.grouped) \(epoch) (about \((Double(total) / days).figure) per day)"
    }
}
