import Audit
import History
import Model
import Watching

/// What is gathered of one namespace, by minutes of the wall clock, until all is known of each.
struct NamespaceMinutes: Sendable {
    private struct Open: Sendable {
        var record: MinuteRecord
        /// How often it was handed out.
        var handed = 0
        var isChanged = true
    }

    private let netns: String
    private var minutes: [Int64: Open] = [:]
    /// The second of CLOCK_BOOTTIME up to which closings are in.
    private var through: Int64?
    private var before: CounterSample?
    private var dropsBefore: [ListenerPlace: Int] = [:]
    /// The look at every socket that is in already, by its time of CLOCK_BOOTTIME.
    private var seen: Double?

    /// Closings of a minute are known 58 s after it at the latest: a minute is handed out when it is over, and once more.
    private static let handings = 3
    /// Of two samples further apart nothing is said of the seconds between.
    private static let longestPause = 30.0
    /// Of very many listeners those are kept whose queue is longest, or that drop.
    private static let mostListeners = 64
    /// Minutes that wait for a writer that is late.
    private static let mostOpen = 10

    init(netns: String) { self.netns = netns }

    private mutating func change(
        _ minute: Int64, _ body: (inout MinuteRecord) -> Void
    ) {
        var open =
            minutes.removeValue(forKey: minute)
            ?? Open(record: MinuteRecord(minute: minute, netns: netns))
        body(&open.record)
        open.isChanged = true
        minutes[minute] = open
        if minutes.count > Self.mostOpen, let oldest = minutes.keys.min() {
            minutes[oldest] = nil
        }
    }

    /// Takes in what is new of a namespace.
    ///
    /// - Parameter clock: seconds since 1970.
    mutating func note(_ watched: WatchedNamespace, clock: Double, _ offsets: ClockOffsets) {
        guard let sample = watched.samples.last, sample.time != before?.time else { return }
        noteCounters(sample, clock: clock)
        noteListeners(watched.listeners, clock: clock)
        before = sample
        if let situation = watched.assessment?.situation, situation.now.uptime != seen {
            seen = situation.now.uptime
            noteLevels(situation, at: Int64(clock) / 60)
        }
        noteClosings(watched.closings, offsets)
    }

    private mutating func noteCounters(_ sample: CounterSample, clock: Double) {
        let second = Int64(clock)
        change(second / 60) { record in
            record.sampled.insert(Int(second % 60))
            for counter in FollowedCounter.allCases where counter.isGauge {
                guard let value = sample[counter] else { continue }
                record.counters[counter, default: MinuteSeries()][Int(second % 60)] =
                    UInt32(clamping: value)
            }
        }
        guard let before, sample.time > before.time,
            sample.time - before.time <= Self.longestPause
        else { return }
        let pace = SecondShares(from: clock - (sample.time - before.time), to: clock)
        for counter in FollowedCounter.allCases where !counter.isGauge {
            guard let growth = sample.growth(of: counter, since: before) else { continue }
            for part in pace.parts(of: max(0, growth)) {
                change(part.second / 60) {
                    $0.counters[counter, default: MinuteSeries()].add(
                        part.count, at: Int(part.second % 60))
                }
            }
        }
        for second in pace.seconds {
            change(second / 60) { $0.sampled.insert(Int(second % 60)) }
        }
    }

    private mutating func noteListeners(_ listeners: [Listener], clock: Double) {
        let second = Int64(clock)
        var drops: [ListenerPlace: Int] = [:]
        var rows: [(place: ListenerPlace, listener: Listener, dropped: Int)] = []
        for listener in listeners {
            let place = ListenerPlace(address: listener.address, port: listener.port)
            if let count = listener.drops { drops[place, default: 0] += count }
            rows.append((place, listener, 0))
        }
        for index in rows.indices {
            let place = rows[index].place
            // What a listener had dropped when it was first seen is not of this second.
            guard let now = drops[place], let then = dropsBefore[place], now > then else {
                continue
            }
            rows[index].dropped = now - then
        }
        dropsBefore = drops
        if rows.count > Self.mostListeners {
            rows.sort { ($0.dropped, $0.listener.queue) > ($1.dropped, $1.listener.queue) }
            rows.removeSubrange(Self.mostListeners...)
        }
        change(second / 60) { record in
            for row in rows {
                var minute = record.listeners[row.place] ?? ListenerMinute()
                minute.backlog = row.listener.backlog ?? minute.backlog
                let place = Int(second % 60)
                minute.queue[place] = max(
                    minute.queue[place], UInt32(clamping: row.listener.queue))
                minute.drops[place] = max(minute.drops[place], UInt32(clamping: row.dropped))
                record.listeners[row.place] = minute
            }
        }
    }

    private mutating func noteLevels(_ situation: Situation, at minute: Int64) {
        let count = max(situation.now.tupleCount, situation.tuples.count)
        let leftOut = situation.now.socketsInTuplesLeftOut
        change(minute) { record in
            record.looks += 1
            record.usable = situation.budget.usable
            record.others.tuples = max(record.others.tuples, count - situation.tuples.count)
            record.others.used = max(record.others.used, leftOut)
            for tuple in situation.tuples {
                var row = record.tuples[tuple.tuple] ?? TupleMinute()
                guard tuple.used > row.levels?.used ?? -1 else { continue }
                let states = tuple.ledger.states
                row.levels = TupleLevels(
                    used: tuple.used, usable: tuple.usable, established: states[.established],
                    timeWait: states[.timeWait], closeWait: states[.closeWait],
                    owner: situation.owner(of: tuple.ledger).displayName)
                record.tuples[tuple.tuple] = row
            }
        }
    }

    private mutating func noteClosings(_ log: ClosingLog, _ offsets: ClockOffsets) {
        guard let end = log.end else { return }
        let start = through ?? end - Int64(ClosingRecord.columns) + 1
        guard start < end else { return }
        through = end
        var others: [Int64: UInt32] = [:]
        for second in max(start, end - Int64(log.seconds))..<end {
            guard let known = log.known(second), let wall = offsets.wall(second) else { continue }
            others[second] = known.outgoing
            change(wall / 60) { record in
                record.known.insert(Int(wall % 60))
                record.found.add(known.all, at: Int(wall % 60))
            }
        }
        log.each(from: start, to: end) { tuple, second, count in
            guard let rest = others[second], let wall = offsets.wall(second) else { return }
            others[second] = rest >= count ? rest - count : 0
            change(wall / 60) {
                $0.tuples[tuple, default: TupleMinute()].closings.add(count, at: Int(wall % 60))
            }
        }
        for (second, count) in others where count > 0 {
            guard let wall = offsets.wall(second) else { continue }
            change(wall / 60) { $0.others.closings.add(count, at: Int(wall % 60)) }
        }
    }

    /// The minutes that are over, or all of them, as far as something is new; those that are complete are let go.
    mutating func take(before current: Int64?) -> [(record: MinuteRecord, isAgain: Bool)] {
        var records: [(record: MinuteRecord, isAgain: Bool)] = []
        for (minute, var open) in minutes where minute != current {
            if open.isChanged { records.append((open.record, open.handed > 0)) }
            open.handed += 1
            open.isChanged = false
            let isComplete = open.record.known == .all || open.handed >= Self.handings
            minutes[minute] = isComplete ? nil : open
        }
        return records
    }
}

/// Which part of something that happened between two moments belongs to each second: whole numbers that add up to all of it.
private struct SecondShares {
    let start: Double
    let end: Double

    init(from start: Double, to end: Double) {
        self.start = start
        self.end = end
    }

    var seconds: ClosedRange<Int64> {
        let first = Int64(start.rounded(.down))
        return first...max(first, Int64(end.rounded(.up)) - 1)
    }

    func parts(of count: Int64) -> [(second: Int64, count: UInt32)] {
        guard count > 0, end > start else { return [] }
        var done: Int64 = 0
        return seconds.map { second in
            let share = (min(Double(second + 1), end) - start) / (end - start)
            let through = second == seconds.upperBound ? count : Int64(Double(count) * share)
            defer { done = max(done, through) }
            return (second, UInt32(clamping: max(0, through - done)))
        }
    }
}
