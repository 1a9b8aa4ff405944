import Audit
import History
import Model
import Testing
import Watching

@testable import Recording

@Suite struct `A recorder` {
    private static let tuple = Traffic.tuple(1)
    /// 2026-11-29 00:00 UTC.
    private static let midnight = 1_795_910_400.0

    /// A host whose closings are known in advance, looked at each second.
    private struct Host {
        var watched = WatchedNamespace(share: 0.01, at: 0)
        let closings: (Int64) -> UInt32
        /// Seconds between two looks at TIME_WAIT.
        var pace: Int64 = 57
        private var nextRecord: Int64 = 0

        init(_ closings: @escaping (Int64) -> UInt32) { self.closings = closings }

        mutating func look(at boot: Int64, used: Int? = nil, queue: Int = 0, drops: Int = 0) {
            var counters = CounterSample(time: Double(boot) + 0.4)
            counters[.activeOpens] = Int64(boot) * 10
            counters[.socketsInTimeWait] = 700
            var listener = Listener(address: .unspecifiedV4, port: 443, queue: queue, backlog: 511)
            listener.drops = drops
            _ = watched.take(counters, [listener])
            if boot >= nextRecord {
                nextRecord = boot + pace
                let first = boot - Int64(ClosingRecord.columns) + 1
                let columns = (first...boot).map { $0 < 0 ? 0 : closings($0) }
                watched.take(
                    ClosingRecord(firstSecond: first, tuples: [tuple: columns]), cost: 0,
                    at: Double(boot))
            }
            guard let used else { return }
            var snapshot = Snapshot(
                namespace: Namespace(inode: 1, name: "init", isInit: true), time: 0,
                uptime: Double(boot), source: .diag)
            snapshot.tuples = [
                PortLedger(tuple: tuple, states: StateCounts([.established: used]))
            ]
            snapshot.tupleCount = 1
            let situation = Situation(
                host: Model.Host(name: "web-3", kernel: "6.1.0", machine: "x86_64"),
                view: Observation.View(now: snapshot))
            watched.take(
                Assessment(situation: situation, findings: []), counters: counters, cost: 0)
        }

        var views: [WatchedView] { [WatchedView(name: "init", watched: watched)] }
    }

    /// What is in the files in the end: the last record of each minute, with what a minute that comes again had before.
    private static func last(_ batches: [Recorder.Batch]) -> [Int64: MinuteRecord] {
        var (records, bases) = ([Int64: MinuteRecord](), [Int64: MinuteRecord]())
        for batch in batches {
            for record in batch.records {
                if !batch.again.contains(record.key) {
                    bases[record.minute] = records[record.minute]
                }
                records[record.minute] = bases[record.minute]?.completed(by: record) ?? record
            }
        }
        return records
    }

    private static func closings(_ second: Int64) -> UInt32 { UInt32(second % 7) }

    @Test func `has each second's closings in its minute, when TIME_WAIT has told them`() throws {
        var host = Host(Self.closings)
        // It was 10:00:00.3 when the machine had run for 1000 s.
        let offset = Self.midnight + 36_000 - 1000 + 0.3
        var recorder = Recorder(clock: Self.midnight)
        var batches: [Recorder.Batch] = []
        for boot in Int64(1000)..<1600 {
            host.look(
                at: boot, used: boot % 10 == 0 ? Int(boot) : nil, queue: Int(boot % 5),
                drops: Int(boot) * 2)
            let clock = Double(boot) + 0.4 + offset
            recorder.note(host.views, clock: clock, boot: Double(boot) + 0.4)
            if let batch = recorder.take(clock: clock) { batches.append(batch) }
        }
        // One a minute, each with the minute before it once more.
        #expect(batches.count == 9)
        #expect(batches.dropFirst(2).allSatisfy { $0.records.count >= 2 && !$0.again.isEmpty })
        let records = Self.last(batches)
        let first = Int64(Self.midnight + 36_000) / 60
        // All minutes but the first, which was begun, and the last, which may come again, are whole.
        for minute in (first + 1)..<(first + 8) {
            let record = try #require(records[minute])
            #expect(record.known == .all && record.sampled == .all)
            let boot = (minute - first) * 60 + 1000
            #expect(
                record.tuples[Self.tuple]?.closings.counts == (boot..<boot + 60).map(Self.closings))
            #expect(record.found == record.tuples[Self.tuple]?.closings)
            #expect(record.others.closings.total == 0)
            // The fullest of its looks.
            #expect(record.tuples[Self.tuple]?.levels?.used == Int(boot) + 50)
            #expect(record.looks == 6)
            #expect(record.counters[.activeOpens]?.total == 600)
            #expect(record.counters[.socketsInTimeWait]?.counts == Array(repeating: 700, count: 60))
            let listener = try #require(
                record.listeners[ListenerPlace(address: .unspecifiedV4, port: 443)])
            #expect(listener.drops.total == 120 && listener.queue.highest == 4)
            #expect(listener.backlog == 511)
        }
    }

    @Test func `says that it does not know what closed while nobody looked`() throws {
        var host = Host { _ in 5 }
        host.pace = 40
        var recorder = Recorder(clock: Self.midnight)
        var batches: [Recorder.Batch] = []
        // Suspended for five minutes: CLOCK_BOOTTIME goes on.
        for boot in Array(Int64(1000)..<1200) + Array(Int64(1500)..<1800) {
            host.look(at: boot)
            let clock = Self.midnight + Double(boot)
            recorder.note(host.views, clock: clock, boot: Double(boot))
            if let batch = recorder.take(clock: clock) { batches.append(batch) }
        }
        let records = Self.last(batches)
        let start = Int64(Self.midnight)
        for (minute, record) in records {
            for second in 0..<60 {
                let boot = minute * 60 + Int64(second) - start
                // A look after it shows the minute before, as TIME_WAIT goes on as well.
                if 1200..<1440 ~= boot { #expect(!record.sampled.contains(second)) }
                if 1210..<1438 ~= boot { #expect(!record.known.contains(second), "\(boot)") }
                if !record.known.contains(second) { #expect(record.found[second] == 0) }
            }
        }
        #expect(records[(start + 1700) / 60]?.known == .all)
    }

    @Test(arguments: [3600, -3600, 40, -40])
    func `goes on where the clock is set, and notes that`(step: Int64) throws {
        var host = Host { _ in 5 }
        var recorder = Recorder(clock: Self.midnight)
        var batches: [Recorder.Batch] = []
        var closed = 0
        for boot in Int64(1000)..<1900 {
            host.look(at: boot)
            let clock = Self.midnight + Double(boot) + (boot >= 1450 ? Double(step) : 0)
            recorder.note(host.views, clock: clock, boot: Double(boot))
            if let batch = recorder.take(clock: clock) { batches.append(batch) }
        }
        batches.append(recorder.takeAll(clock: Self.midnight + 1900))
        let events = batches.flatMap(\.events).map(\.text)
        #expect(
            events == [
                "the agent started",
                "the clock was set \(step > 0 ? "forward" : "back") by \(abs(step)) s",
                "the agent ended",
            ])
        for record in Self.last(batches).values { closed += record.found.total }
        // 60 s before the first look, and all until the last record of TIME_WAIT; a second at the step may fall between.
        let seconds = closed / 5
        #expect((800...960).contains(seconds), "\(seconds)")
    }

    @Test func `sums the destinations of a minute that has very many`() throws {
        var watched = WatchedNamespace(share: 0.01, at: 0)
        var recorder = Recorder(clock: Self.midnight)
        for boot in Int64(1000)...1130 {
            _ = watched.take(CounterSample(time: Double(boot)), [])
            if boot == 1059 || boot == 1110 {
                let rows = (0..<5000).map { number -> (Tuple, [UInt32]) in
                    var columns = [UInt32](repeating: 0, count: 61)
                    columns[20] = number < 100 ? 50 : 1
                    return (Traffic.tuple(number), columns)
                }
                watched.take(
                    ClosingRecord(
                        firstSecond: boot - 60, tuples: Dictionary(uniqueKeysWithValues: rows),
                        others: Array(repeating: 2, count: 61)), cost: 0, at: Double(boot))
            }
            recorder.note(
                [WatchedView(name: "init", watched: watched)],
                clock: Self.midnight + Double(boot) - 1000, boot: Double(boot))
        }
        let records = recorder.takeAll(clock: Self.midnight + 131).records
        let all = records.reduce(0) { $0 + $1.found.total }
        let rows = records.reduce(0) { sum, record in
            sum + record.tuples.values.reduce(0) { $0 + $1.closings.total }
        }
        let others = records.reduce(0) { $0 + $1.others.closings.total }
        #expect(all == rows + others && all > 9900)
        #expect(records.allSatisfy { $0.tuples.count <= MinuteChoice.most })
        #expect(rows >= 2 * (100 * 50 + 200))
    }

    @Test func `keeps what it cannot hand over for some minutes, and no longer`() {
        var host = Host { _ in 5 }
        var recorder = Recorder(clock: Self.midnight)
        for boot in Int64(1000)..<3000 {
            host.look(at: boot)
            recorder.note(host.views, clock: Self.midnight + Double(boot), boot: Double(boot))
        }
        let minutes = Set(recorder.takeAll(clock: Self.midnight + 3000).records.map(\.minute))
        #expect(minutes.count == 10)
        #expect(minutes.max() == (Int64(Self.midnight) + 2999) / 60)
    }

    @Test func `hands out what is left of a namespace that has gone`() throws {
        var host = Host { _ in 5 }
        var recorder = Recorder(clock: Self.midnight)
        for boot in Int64(1000)..<1090 {
            host.look(at: boot)
            recorder.note(host.views, clock: Self.midnight + Double(boot), boot: Double(boot))
        }
        recorder.note([], clock: Self.midnight + 1090, boot: 1090)
        let taken = recorder.take(clock: Self.midnight + 1150)
        let batch = try #require(taken)
        #expect(batch.records.contains { $0.minute == (Int64(Self.midnight) + 1080) / 60 })
    }
}
