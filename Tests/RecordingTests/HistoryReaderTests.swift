import FoundationEssentials
import Glibc
import History
import Kernel
import Model
import SQLite
import ScratchFiles
import Synchronization
import Testing

@testable import Recording

@Suite struct `A reader of the history` {
    typealias Files = `The files of the history`

    private static func filled(minutes: Int64, tuples: Int = 5) throws -> Files.Place {
        let place = try Files.Place()
        let store = place.store
        for number in 0..<minutes {
            let minute = Files.minute + number
            store.write(
                Traffic.batch([Traffic.record(minute, tuples: tuples)]),
                clock: Double(minute * 60))
        }
        store.close()
        return place
    }

    private static func page(
        _ place: Files.Place, from: Int64, to: Int64, of subject: String? = nil,
        bySecond: Bool = false, netns: String? = nil
    ) throws -> HistoryPage {
        try HistoryReader(place.settings.directory).page(
            HistorySpan(from: Files.midnight + from, to: Files.midnight + to, bySecond: bySecond),
            of: subject.map { try #require(HistorySubject($0)) }, netns: netns)
    }

    @Test func `finds a destination's seconds as they were`() throws {
        let place = try Self.filled(minutes: 5)
        let page = try Self.page(
            place, from: 120, to: 180, of: "10.0.0.5->10.1.0.3:5432", bySecond: true)
        #expect(page.tuples.count == 1 && page.recordedMinutes == 1 && page.unread.isEmpty)
        let written = try #require(
            Traffic.record(Files.minute + 2, tuples: 5).tuples[Traffic.tuple(3)])
        let curve = try #require(page.tuples.first)
        #expect(curve.closings == written.closings.counts.map { Int($0) })
        #expect(curve.used == Array(repeating: written.levels?.used, count: 60))
        #expect(curve.owner == "worker-3" && curve.usable == 28232)
        let highest = try #require(curve.highestClosings)
        #expect(
            Int(written.closings.counts[Int(highest.time - Files.midnight - 120)]) == highest.value)
    }

    @Test func `sums minutes into steps, across midnight`() throws {
        let place = try Files.Place()
        let store = place.store
        for number in Int64(-60)..<60 where number != 10 {
            var record = Traffic.record(Files.minute + number, tuples: 1)
            record.tuples[Traffic.tuple(0)]?.closings = MinuteSeries()
            record.tuples[Traffic.tuple(0)]?.closings[59] = 7
            record.tuples[Traffic.tuple(0)]?.levels?.used = number == 30 ? 27_000 : 100
            store.write(Traffic.batch([record]), clock: Double(record.minute * 60))
        }
        store.close()
        let page = try Self.page(place, from: -3600, to: 3600, of: ":5432")
        #expect(page.span.step == 120 && page.span.steps == 60)
        let curve = try #require(page.tuples.first)
        #expect(curve.closed == 119 * 7 && page.recordedMinutes == 119 && page.minutes == 120)
        #expect(curve.closings[35] == 7 && curve.closings[34] == 14)
        #expect(curve.highestUsed == HistoryPeak(value: 27_000, time: Files.midnight + 1800))
        #expect(curve.minutesAbove == [0.45: 1, 0.95: 1])
    }

    @Test func `tells what is not known from nothing at all`() throws {
        let place = try Files.Place()
        let store = place.store
        for number in Int64(0)..<4 {
            var record = Traffic.record(Files.minute + number, tuples: 2)
            if number == 1 { record.tuples[Traffic.tuple(1)] = nil }
            if number == 2 {
                record.known = SecondMask(bits: 0b1111)
                record.tuples = [:]
            }
            if number != 3 {
                store.write(Traffic.batch([record]), clock: Double(record.minute * 60))
            }
        }
        store.close()
        let page = try Self.page(place, from: 0, to: 240, of: "10.1.0.1:5432")
        let closings = try #require(page.tuples.first).closings
        #expect(closings[0] ?? 0 > 0)
        // It has no row in the second minute, of which all is known; of the third four seconds are, of the fourth nothing.
        #expect(closings[1] == 0 && closings[2] == 0 && closings[3] == nil)
        #expect(page.tuples.first?.used == [page.tuples.first?.used[0], nil, nil, nil])
        let seconds = try Self.page(place, from: 120, to: 180, of: "10.1.0.1:5432", bySecond: true)
        #expect(seconds.tuples.isEmpty)
        let both = try Self.page(place, from: 60, to: 180, of: "10.1.0.0:5432", bySecond: true)
        #expect(both.tuples.first?.closings.suffix(60).prefix(5) == [0, 0, 0, 0, nil])
    }

    @Test func `reads beside a writer, and holds it up at no time`() throws {
        let place = try Self.filled(minutes: 2)
        let store = place.store
        store.write(
            Traffic.batch([Traffic.record(Files.minute + 3, tuples: 5)]),
            clock: Double(Files.midnight))
        let reader = try Database(place.settings.directory + "/2026-11-29.db", .reading)
        // A read that goes on.
        let statement = try reader.prepare("SELECT * FROM tuples")
        #expect(try statement.step())
        let start = MonotonicClock.now
        for number in Int64(4)..<20 {
            store.write(
                Traffic.batch([Traffic.record(Files.minute + number, tuples: 5)]),
                clock: Double(Files.midnight))
        }
        #expect(MonotonicClock.now - start < 1.5 && place.said.all.isEmpty)
        while try statement.step() {}
        statement.reset()
        #expect(try Self.page(place, from: 0, to: 1200).recordedMinutes == 19)
        store.close()
    }

    @Test func `goes on where a day cannot be read, and says so`() throws {
        let place = try Self.filled(minutes: 1)
        try place.scratch.write(
            "/history/2026-11-30.db", "no database, whatever its name says it is")
        try place.scratch.write("/history/2026-12-01.db.damaged-1", "x")
        let page = try Self.page(place, from: 0, to: 3 * 86400)
        #expect(page.tuples.count == 5 && page.unread.count == 2, "\(page.unread)")
        #expect(page.unread.contains { $0.contains("2026-11-30.db") })
        #expect(page.unread.contains { $0.contains("set it aside") })
    }

    @Test func `takes of a day's file what is of that day`() throws {
        let place = try Self.filled(minutes: 5)
        let directory = place.settings.directory
        for day in ["2026-11-28", "2026-11-30"] {
            try FileManager.default.copyItem(
                atPath: directory + "/2026-11-29.db", toPath: "\(directory)/\(day).db")
        }
        let alone = try Self.page(place, from: 0, to: 300, of: "10.1.0.3:5432").tuples.first
        let page = try Self.page(place, from: -86400, to: 2 * 86400, of: "10.1.0.3:5432")
        #expect(page.tuples.count == 1 && page.recordedMinutes == 5)
        #expect(alone?.closed ?? 0 > 0 && page.tuples.first?.closed == alone?.closed)
    }

    @Test func `refuses where there is no history`() throws {
        do {
            _ = try HistoryReader("/nowhere/history").page(HistorySpan(from: 0, to: 60), of: nil)
            Issue.record("read what is not there")
        } catch {
            #expect(error.kind == .absent && error.description.contains("/nowhere/history"))
        }
    }

    @Test func `keeps namespaces apart`() throws {
        let place = try Files.Place()
        let store = place.store
        store.write(
            Traffic.batch([
                Traffic.record(Files.minute, tuples: 2),
                Traffic.record(Files.minute, netns: "web", tuples: 3),
            ]), clock: Double(Files.midnight))
        store.close()
        #expect(try Self.page(place, from: 0, to: 60).tuples.count == 5)
        let web = try Self.page(place, from: 0, to: 60, netns: "web")
        #expect(web.tuples.count == 3 && web.tuples.allSatisfy { $0.netns == "web" })
        #expect(try Self.page(place, from: 0, to: 60, netns: "none").tuples.isEmpty)
    }

    @Test(
        arguments: [
            ("10.0.0.9:5432", nil, "10.0.0.9", 5432), (":443", nil, nil, 443),
            ("[2001:db8::9]:1", nil, "2001:db8::9", 1),
            ("10.0.0.5 → 10.0.0.9:5432", "10.0.0.5", "10.0.0.9", 5432),
            ("10.0.0.5->10.0.0.9:5432", "10.0.0.5", "10.0.0.9", 5432),
            ("::1->[::1]:80", "::1", "::1", 80),
        ] as [(String, String?, String?, UInt16)])
    func `knows what is asked for`(text: String, source: String?, address: String?, port: UInt16)
        throws
    {
        let subject = try #require(HistorySubject(text))
        #expect(subject.source?.description == source && subject.address?.description == address)
        #expect(subject.port == port)
    }

    @Test(arguments: [
        "", "10.0.0.9", "10.0.0.9:", "10.0.0.9:65536", ":x", "2001:db8::9:80", "a->10.0.0.9:1",
        "10.0.0.5->:1",
        "10.0.0.5->10.0.0.9", "[10.0.0.9:1", ":+1", "::",
    ])
    func `knows what is none`(text: String) { #expect(HistorySubject(text) == nil) }
}
