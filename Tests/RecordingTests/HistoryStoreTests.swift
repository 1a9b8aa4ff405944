import Glibc
import History
import Kernel
import Model
import SQLite
import ScratchFiles
import Synchronization
import Testing

@testable import Recording

/// What a store said.
final class Said: Sendable {
    let sentences = Mutex<[String]>([])
    func say(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
    var all: [String] { sentences.withLock { $0 } }
}

/// Records as a host with traffic makes them.
enum Traffic {
    static func tuple(_ number: Int) -> Tuple {
        Tuple(
            source: IPAddress(v4: 0x0a00_0005),
            destination: IPAddress(v4: 0x0a01_0000 + UInt32(number)), port: 5432)
    }

    /// Of some destinations, each with a rate of its own, closings that come by chance.
    static func record(
        _ minute: Int64, netns: String = "init", tuples: Int, seed: UInt64 = 1
    ) -> MinuteRecord {
        var random = SysctlRandom(seed: seed &+ UInt64(minute))
        var record = MinuteRecord(minute: minute, netns: netns)
        record.known = .all
        record.sampled = .all
        record.looks = 6
        record.usable = 28232
        for number in 0..<tuples {
            // From one closing in ten seconds to some hundreds a second, as a few destinations have most of the traffic.
            let rate = 0.1 * Double(number % 40 + 1) * Double(number % 40 + 1)
            var row = TupleMinute(
                levels: TupleLevels(
                    used: Int(rate * 60) + 20, usable: 28232, established: 20,
                    timeWait: Int(rate * 60), owner: "worker-\(number % 7)"))
            for second in 0..<60 { row.closings[second] = poisson(rate, &random) }
            record.found.add(row.closings)
            record.tuples[tuple(number)] = row
        }
        var listener = ListenerMinute(backlog: 511)
        listener.queue[7] = 3
        record.listeners[ListenerPlace(address: .unspecifiedV4, port: 443)] = listener
        record.counters[.activeOpens] = record.found
        return record
    }

    /// Knuth's way for few, the normal curve for many.
    private static func poisson(_ mean: Double, _ random: inout SysctlRandom) -> UInt32 {
        guard mean < 30 else {
            let sum = (0..<12).reduce(0.0) { sum, _ in
                sum + Double.random(in: 0..<1, using: &random)
            }
            return UInt32(max(0, mean + (sum - 6) * mean.squareRoot()))
        }
        let limit = exp(-mean)
        var (count, product) = (UInt32(0), Double.random(in: 0..<1, using: &random))
        while product > limit {
            count += 1
            product *= Double.random(in: 0..<1, using: &random)
        }
        return count
    }

    static func batch(_ records: [MinuteRecord]) -> Recorder.Batch {
        var batch = Recorder.Batch()
        batch.records = records
        return batch
    }
}

@Suite struct `The files of the history` {
    /// 2026-11-29 00:00 UTC.
    static let midnight: Int64 = 1_795_910_400
    static let minute = midnight / 60

    struct Place {
        let scratch: SysctlScratch
        let settings: HistoryStore.Settings
        let said = Said()

        init(_ change: (inout HistoryStore.Settings) -> Void = { _ in }) throws {
            scratch = try SysctlScratch()
            var settings = HistoryStore.Settings()
            settings.directory = scratch.path + "/history"
            change(&settings)
            self.settings = settings
        }

        var store: HistoryStore { HistoryStore(settings, say: said.say) }

        func names() throws -> [String] {
            try FilePile(path: settings.directory).files().map(\.name)
        }

        func database(_ name: String) throws -> Database {
            try Database(settings.directory + "/" + name, .reading)
        }

        func records(_ name: String) throws -> [MinuteRecord] {
            try DayReading(try database(name)).records(from: 0, through: .max)
        }
    }

    @Test func `give back what was written, one a day`() throws {
        let place = try Place()
        let store = place.store
        let records = [
            Traffic.record(Self.minute - 1, tuples: 5), Traffic.record(Self.minute, tuples: 5),
            Traffic.record(Self.minute, netns: "web net:[4026531840]", tuples: 3),
        ]
        store.write(Traffic.batch(records), clock: Double(Self.midnight + 60))
        store.close()
        #expect(try place.names() == ["2026-11-28.db", "2026-11-29.db"])
        #expect(try place.records("2026-11-28.db") == [records[0]])
        #expect(try place.records("2026-11-29.db") == [records[1], records[2]])
        #expect(place.said.all.isEmpty)
        #expect(try place.database("2026-11-29.db").number("PRAGMA application_id") == 0x7463_7068)
    }

    @Test func `take 1.6 bytes a destination and second at most`() throws {
        let place = try Place()
        let store = place.store
        let minutes = 30
        for number in 0..<minutes {
            let minute = Self.minute + Int64(number)
            store.write(
                Traffic.batch([Traffic.record(minute, tuples: 200)]), clock: Double(minute * 60))
        }
        store.close()
        var status = stat()
        #expect(stat(place.settings.directory + "/2026-11-29.db", &status) == 0)
        let each = Double(status.st_size) / Double(minutes * 60 * 200)
        print("history: \(each) bytes a destination and second")
        #expect(each <= 1.6 && each > 0.3)
    }

    @Test func `have a later record of a minute in place of the earlier`() throws {
        let place = try Place()
        let store = place.store
        var first = Traffic.record(Self.minute, tuples: 3)
        first.known = SecondMask(bits: 0xff)
        first.tuples[Traffic.tuple(9)] = TupleMinute(levels: TupleLevels(used: 1, usable: 2))
        store.write(Traffic.batch([first]), clock: Double(Self.midnight + 60))
        let second = Traffic.record(Self.minute, tuples: 3)
        var batch = Traffic.batch([second])
        batch.again = [second.key]
        store.write(batch, clock: Double(Self.midnight + 120))
        store.close()
        #expect(try place.records("2026-11-29.db") == [second])
    }

    @Test func `keep a minute that comes again, and add what was not known of it`() throws {
        let place = try Place()
        var first = Traffic.record(Self.minute, tuples: 3)
        first.known = SecondMask(bits: 0xff)
        let store = place.store
        store.write(Traffic.batch([first]), clock: Double(Self.midnight + 60))
        // The clock was set back by an hour: the same program writes the same minute again.
        let second = Traffic.record(Self.minute, tuples: 4, seed: 77)
        store.write(Traffic.batch([second]), clock: Double(Self.midnight + 60))
        store.close()
        let read = try #require(try place.records("2026-11-29.db").first)
        #expect(read == first.completed(by: second))
        #expect(
            read.tuples[Traffic.tuple(1)]?.closings[3]
                == first.tuples[Traffic.tuple(1)]?.closings[3])
        #expect(
            read.tuples[Traffic.tuple(1)]?.closings[30]
                == second.tuples[Traffic.tuple(1)]?.closings[30])
        // And another program, started again, adds to that.
        let third = place.store
        third.write(Traffic.batch([second]), clock: Double(Self.midnight + 60))
        third.close()
        #expect(try place.records("2026-11-29.db").first?.known == .all)
    }

    @Test(arguments: ["torn", "text", "pages", "layout", "foreign"])
    func `that are no whole database are set aside, and a new one is begun`(kind: String) throws {
        let place = try Place()
        let store = place.store
        for number in 0..<20 {
            store.write(
                Traffic.batch([Traffic.record(Self.minute + Int64(number), tuples: 50)]),
                clock: Double(Self.midnight + 60))
        }
        store.close()
        let path = place.settings.directory + "/2026-11-29.db"
        switch kind {
        case "torn": #expect(truncate(path, 5000) == 0)
        case "text":
            try place.scratch.write(
                "/history/2026-11-29.db", "no database at all, but long enough\n")
        case "pages":
            // The first pages are whole; the tables are not.
            let file = open(path, O_WRONLY)
            let junk = Array(repeating: UInt8(0xa5), count: 4096)
            for page in 3..<12 { #expect(pwrite(file, junk, 4096, page * 4096) == 4096) }
            close(file)
        case "layout":
            try Database(path, .writing).run("PRAGMA user_version = 99")
        default:
            #expect(unlink(path) == 0)
            try Database(path, .writing).run("CREATE TABLE mine (x)")
        }
        let next = place.store
        let record = Traffic.record(Self.minute + 30, tuples: 4)
        next.write(Traffic.batch([record]), clock: Double(Self.midnight + 1900))
        next.close()
        #expect(try place.names() == ["2026-11-29.db", "2026-11-29.db.damaged-1"])
        #expect(try place.records("2026-11-29.db") == [record])
        #expect(place.said.all.count == 1, "\(place.said.all)")
        #expect(place.said.all.first?.contains("set aside as 2026-11-29.db.damaged-1") == true)
    }

    @Test func `go when they are older than is wanted, those set aside too`() throws {
        let place = try Place { $0.retain = 3 * 86400 }
        let store = place.store
        for day in 0..<8 {
            let minute = Self.minute + Int64(day) * 1440
            store.write(
                Traffic.batch([Traffic.record(minute, tuples: 3)]), clock: Double(minute * 60))
            if day == 1 { try place.scratch.write("/history/2026-11-29.db.damaged-1", "x") }
        }
        try place.scratch.write("/history/notes.txt", "of somebody else")
        store.write(
            Traffic.batch([Traffic.record(Self.minute + 7 * 1440 + 1, tuples: 3)]),
            clock: Double(Self.midnight + 7 * 86400 + 90))
        store.close()
        #expect(
            try place.names() == [
                "2026-12-03.db", "2026-12-04.db", "2026-12-05.db", "2026-12-06.db", "notes.txt",
            ])
    }

    @Test func `go where all take more than the limit, the oldest first`() throws {
        let place = try Place { $0.limit = 2 << 20 }
        let store = place.store
        for day in 0..<8 {
            for number in 0..<20 {
                let minute = Self.minute + Int64(day) * 1440 + Int64(number)
                store.write(
                    Traffic.batch([Traffic.record(minute, tuples: 200)]), clock: Double(minute * 60)
                )
            }
        }
        let names = try place.names().filter { $0.hasSuffix(".db") }
        #expect(names.last == "2026-12-06.db" && names.count < 8 && names.count > 1, "\(names)")
        #expect(store.bytes ?? 0 <= 2 << 20 && store.bytes ?? 0 > 100 << 10)
        #expect(place.said.all.isEmpty)
    }

    @Test func `of a day that alone is beyond the limit are not added to, until the next day`()
        throws
    {
        let place = try Place { $0.limit = 100 << 10 }
        let store = place.store
        for number in 0..<60 {
            let minute = Self.minute + Int64(number)
            store.write(
                Traffic.batch([Traffic.record(minute, tuples: 60)]), clock: Double(minute * 60))
        }
        #expect(place.said.all.count == 1 && place.said.all[0].contains("limit of 100 KiB"))
        #expect(try place.records("2026-11-29.db").count < 60)
        let next = Self.minute + 1440
        store.write(Traffic.batch([Traffic.record(next, tuples: 60)]), clock: Double(next * 60))
        #expect(place.said.all.last == "the history is kept again")
        store.close()
        #expect(try place.names() == ["2026-11-30.db"])
    }

    @Test func `cannot be made where there is no directory, which is said once`() throws {
        let place = try Place { $0.directory = "/nowhere/tcptune/history" }
        let store = place.store
        for number in 0..<5 {
            store.write(
                Traffic.batch([Traffic.record(Self.minute + Int64(number), tuples: 3)]),
                clock: Double(Self.midnight))
        }
        #expect(place.said.all.count == 1, "\(place.said.all)")
        #expect(place.said.all.first?.contains("/nowhere/tcptune/history") == true)
    }
}
