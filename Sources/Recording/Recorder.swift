package import History
import Model
package import Watching

/// Gathers what is watched by minutes of the wall clock, and hands out each minute that is over.
///
/// A minute is handed out when it ends, and again a minute later: TIME_WAIT tells up to 58 s late what closed. The later record
/// has all of the earlier one.
package struct Recorder: Sendable {
    /// What is to be written together.
    package struct Batch: Sendable {
        package var records: [MinuteRecord] = []
        /// Those that were handed out before: they have all of what they had then.
        package var again: Set<MinuteRecord.Key> = []
        package var events: [HistoryEvent]

        package init(events: [HistoryEvent] = []) { self.events = events }

        package var isEmpty: Bool { records.isEmpty && events.isEmpty }
    }

    private var namespaces: [String: NamespaceMinutes] = [:]
    /// Those that are watched no longer, until what is left of them is handed out.
    private var gone: [String] = []
    private var offsets = ClockOffsets()
    private var events: [HistoryEvent] = []
    private var minute: Int64?

    /// - Parameter clock: seconds since 1970.
    package init(clock: Double) {
        events = [HistoryEvent(time: Int64(clock), text: HistoryEvent.started)]
    }

    /// Takes in a look.
    ///
    /// - Parameters:
    ///   - clock: seconds since 1970.
    ///   - boot: CLOCK_BOOTTIME at the same moment, in seconds.
    package mutating func note(_ views: [WatchedView], clock: Double, boot: Double) {
        guard clock >= 0, clock < 253_402_300_800 else { return }
        let step = offsets.note(clock: clock, boot: boot)
        if step != 0 {
            events.append(HistoryEvent(time: Int64(clock), text: HistoryEvent.clockSet(by: step)))
        }
        for view in views {
            var one =
                namespaces.removeValue(forKey: view.name)
                ?? NamespaceMinutes(netns: view.name)
            one.note(view.watched, clock: clock, offsets)
            namespaces[view.name] = one
        }
        let names = Set(views.map(\.name))
        gone = namespaces.keys.filter { !names.contains($0) }
        if minute == nil { minute = Int64(clock) / 60 }
    }

    /// What is to be written now; nil while the minute goes on.
    package mutating func take(clock: Double) -> Batch? {
        let current = Int64(clock) / 60
        guard let minute, minute != current else { return nil }
        self.minute = current
        return hand(before: current)
    }

    /// All that is known, also of the minute under way: for the end.
    package mutating func takeAll(clock: Double) -> Batch {
        events.append(HistoryEvent(time: Int64(clock), text: HistoryEvent.ended))
        return hand(before: nil)
    }

    private mutating func hand(before current: Int64?) -> Batch {
        var byMinute: [Int64: [MinuteRecord]] = [:]
        var batch = Batch(events: events)
        for (name, var one) in namespaces {
            namespaces[name] = nil
            // Nothing more will be known of what has gone.
            let isGone = gone.contains(name)
            for (record, isAgain) in one.take(before: isGone ? nil : current) {
                byMinute[record.minute, default: []].append(record)
                if isAgain { batch.again.insert(record.key) }
            }
            if !isGone { namespaces[name] = one }
        }
        gone = []
        events = []
        for (_, var records) in byMinute.sorted(by: { $0.key < $1.key }) {
            records.sort { $0.netns < $1.netns }
            MinuteChoice.apply(to: &records)
            batch.records += records
        }
        return batch
    }
}
