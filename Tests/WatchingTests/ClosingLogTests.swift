import Model
import Testing
import Watching

@Suite struct `A log of closings` {
    private static let tuple = Tuple(
        source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009), port: 5432)

    /// What a dump at that second would redraw of closings by second.
    private static func record(at now: Int64, _ closings: [Int64: UInt32]) -> ClosingRecord {
        let first = now - Int64(ClosingRecord.columns) + 1
        var columns = [UInt32](repeating: 0, count: ClosingRecord.columns)
        for (second, count) in closings where (first...now).contains(second) {
            columns[Int(second - first)] = count
        }
        return ClosingRecord(
            firstSecond: first, tuples: [tuple: columns],
            others: Array(repeating: 0, count: ClosingRecord.columns),
            sockets: Int(columns.reduce(0, +)))
    }

    /// A different number in each second.
    private static func closings(_ seconds: ClosedRange<Int64>) -> [Int64: UInt32] {
        Dictionary(uniqueKeysWithValues: seconds.map { ($0, UInt32($0 % 97)) })
    }

    @Test(arguments: [1, 7, 30, 58]) func `puts records together without a gap`(step: Int64) {
        let all = Self.closings(1000...2000)
        var log = ClosingLog(seconds: 600)
        var now: Int64 = 1060
        while now <= 1900 {
            log.add(Self.record(at: now, all))
            now += step
        }
        let end = now - step
        #expect(log.end == end)
        #expect(
            log.curve(of: Self.tuple, last: 300)
                == ((end - 300)..<end).map { Int(all[$0] ?? 0) })
        #expect(log.total(last: 300) == log.curve(of: Self.tuple, last: 300))
    }

    @Test func `counts the closings between two seconds, of one destination and of all`() {
        var log = ClosingLog(seconds: 100)
        let all = Self.closings(1000...1300)
        var record = Self.record(at: 1060, all)
        record.others[59] = 5
        record.listeners[80] = Array(repeating: 1, count: ClosingRecord.columns)
        log.add(record)
        let sum = { (seconds: Range<Int64>) in seconds.reduce(0) { $0 + Int(all[$1] ?? 0) } }
        #expect(log.count(of: Self.tuple, from: 1010, to: 1020) == sum(1010..<1020))
        #expect(log.count(of: Self.tuple, from: 0, to: 5000) == sum(1000..<1060))
        // Those that nobody told apart go to destinations as well, those of listeners do not.
        #expect(log.count(of: nil, from: 1010, to: 1060) == sum(1010..<1060) + 5)
        #expect(log.count(of: nil, from: 1060, to: 1061) == 0)
        #expect(log.total(last: 1) == [Int(all[1059] ?? 0) + 6])
    }

    @Test func `takes a second from the first record that was made after it`() {
        var log = ClosingLog(seconds: 100)
        log.add(Self.record(at: 1060, [1059: 40, 1060: 3]))
        // Some of them were used again since.
        log.add(Self.record(at: 1065, [1059: 11, 1060: 20]))
        #expect(log.curve(of: Self.tuple, last: 6) == [40, 20, 0, 0, 0, 0])
    }

    @Test func `has nothing in the seconds that no record reaches`() {
        var log = ClosingLog(seconds: 200)
        let all = Self.closings(1000...1300)
        log.add(Self.record(at: 1060, all))
        log.add(Self.record(at: 1180, all))
        let curve = log.curve(of: Self.tuple, last: 180)
        #expect(curve[60..<120].allSatisfy { $0 == 0 })
        #expect(curve[119] == 0 && curve[120] == Int(all[1120] ?? 0))
    }

    @Test func `forgets destinations in which nothing closes any more`() {
        var log = ClosingLog(seconds: 120)
        log.add(Self.record(at: 1060, [1050: 5]))
        var now: Int64 = 1060
        while now < 1300 {
            now += 50
            log.add(
                ClosingRecord(
                    firstSecond: now - Int64(ClosingRecord.columns) + 1,
                    others: Array(repeating: 1, count: ClosingRecord.columns)))
        }
        #expect(log.curve(of: Self.tuple, last: 120) == Array(repeating: 0, count: 120))
        #expect(log.total(last: 3) == [1, 1, 1])
    }

    @Test func `says what share of the closings it found`() throws {
        var log = ClosingLog(seconds: 100)
        for second in Int64(1040)...1060 {
            var counters = CounterSample(time: Double(second) + 0.5)
            counters[.timeWaits] = 10 * (second - 1040)
            counters[.timeWaitsKilled] = 0
            log.add(counters)
        }
        log.add(Self.record(at: 1060, Self.closings(0...0)))
        #expect(log.coverage(last: 10) == 0)
        var full = ClosingLog(seconds: 100)
        for second in Int64(1040)...1060 {
            var counters = CounterSample(time: Double(second) + 0.5)
            counters[.timeWaits] = 10 * (second - 1040)
            full.add(counters)
        }
        let found = Dictionary(uniqueKeysWithValues: (Int64(1000)...1060).map { ($0, UInt32(9)) })
        full.add(Self.record(at: 1060, found))
        #expect(try #require(full.coverage(last: 10)) == 0.9)
        #expect(ClosingLog(seconds: 10).coverage(last: 10) == nil)
    }

    @Test func `has nothing of an earlier round in the seconds that no record reaches`() {
        var log = ClosingLog(seconds: 100)
        let all = Self.closings(1000...1300)
        log.add(Self.record(at: 1060, all))
        log.add(Self.record(at: 1110, all))
        // 1110 to 1150 were never read; their places held 1010 to 1050.
        log.add(Self.record(at: 1210, all))
        let curve = log.curve(of: Self.tuple, last: 100)
        #expect(curve[0..<40].allSatisfy { $0 == 0 }, "\(curve)")
        #expect(log.total(last: 100) == curve)
        #expect(curve[40] == Int(all[1150] ?? 0))
    }

    @Test(arguments: [0.25, 1, 2, 7]) func `says the same share however often it looks`(
        interval: Double
    ) throws {
        var log = ClosingLog(seconds: 100)
        // A record is made with the counters of its moment, whenever the look before was.
        for time in Array(stride(from: 900.3, to: 1060, by: interval)) + [1060] {
            var counters = CounterSample(time: time)
            counters[.timeWaits] = Int64(40 * (time - 900.3))
            log.add(counters)
        }
        log.add(
            Self.record(
                at: 1060,
                Dictionary(uniqueKeysWithValues: (Int64(1000)...1060).map { ($0, UInt32(30)) })))
        #expect(abs(try #require(log.coverage(last: 40)) - 0.75) < 0.01)
    }
}
