import History
import Model
import Testing

@Suite struct `A minute's record` {
    static func tuple(_ number: Int) -> Tuple {
        Tuple(
            source: IPAddress(v4: 0x0a00_0005),
            destination: IPAddress(v4: 0x0a01_0000 + UInt32(number / 60_000)),
            port: UInt16(number % 60_000 + 1))
    }

    private static func record(
        known: Range<Int>, closings: UInt32, used: Int? = nil
    ) -> MinuteRecord {
        var record = MinuteRecord(minute: 100, netns: "init")
        var row = TupleMinute(levels: used.map { TupleLevels(used: $0, usable: 28232) })
        for second in known {
            record.known.insert(second)
            record.sampled.insert(second)
            record.found[second] = closings
            row.closings[second] = closings
            record.counters[.activeOpens, default: MinuteSeries()][second] = closings
        }
        record.tuples[tuple(1)] = row
        return record
    }

    @Test func `is completed by what another knows of the same minute, and keeps its own`() {
        // The agent was killed in second 20, and the next one found closings from second 10 on.
        let first = Self.record(known: 0..<20, closings: 5, used: 700)
        let second = Self.record(known: 10..<60, closings: 6, used: 300)
        let whole = first.completed(by: second)
        #expect(whole.known == .all && whole.sampled == .all)
        let expected = (0..<60).map { UInt32($0 < 20 ? 5 : 6) }
        #expect(whole.tuples[Self.tuple(1)]?.closings.counts == expected)
        #expect(whole.found.counts == expected)
        #expect(whole.counters[.activeOpens]?.counts == expected)
        #expect(whole.tuples[Self.tuple(1)]?.levels?.used == 700)
        // To complete it with the same again changes nothing.
        #expect(whole.completed(by: second).tuples == whole.tuples)
    }

    @Test func `has rows of those that matter most, and sums the others`() {
        var record = MinuteRecord(minute: 1, netns: "init")
        for number in 0..<10_000 {
            var row = TupleMinute(levels: TupleLevels(used: 3, usable: 28232))
            row.closings[number % 60] = 2
            record.tuples[Self.tuple(number)] = row
        }
        record.tuples[Self.tuple(20_000)] = TupleMinute(
            levels: TupleLevels(used: 27_000, usable: 28232))
        // Idle, and with few ports.
        record.tuples[Self.tuple(20_001)] = TupleMinute(
            levels: TupleLevels(used: 9, usable: 28232))
        var records = [record, MinuteRecord(minute: 1, netns: "web")]
        MinuteChoice.apply(to: &records)
        #expect(records[0].tuples.count == MinuteChoice.most)
        #expect(records[0].tuples[Self.tuple(20_000)] != nil)
        #expect(records[0].tuples[Self.tuple(20_001)] == nil)
        #expect(records[0].others.tuples == 10_002 - 300)
        let listed = records[0].tuples.values.reduce(0) { $0 + $1.closings.total }
        #expect(listed + records[0].others.closings.total == 20_000)
        #expect(records[0].others.used == 9701 * 3 + 9)
        // The same again chooses the same.
        var again = [record]
        MinuteChoice.apply(to: &again)
        #expect(again[0].tuples == records[0].tuples)
    }

    @Test func `of few destinations leaves none out that closes anything`() {
        var record = MinuteRecord(minute: 1, netns: "init")
        for number in 0..<200 {
            var row = TupleMinute()
            row.closings[7] = 1
            record.tuples[Self.tuple(number)] = row
        }
        var records = [record]
        MinuteChoice.apply(to: &records)
        #expect(records == [record])
    }

    @Test func `has counters that another version does not know, and passes them by`() {
        var series = MinuteSeries()
        series[3] = 300
        let counters: [FollowedCounter: MinuteSeries] = [
            .activeOpens: series, .socketsInTimeWait: MinuteSeries(), .listenDrops: series,
        ]
        let numbers: [FollowedCounter: UInt32] = [
            .activeOpens: 1, .socketsInTimeWait: 300, .listenDrops: 3,
        ]
        let bytes = CounterCode.bytes(counters) { numbers[$0] ?? 0 }
        let read = CounterCode.counters(bytes) { number in
            number == 3 ? nil : numbers.first { $0.value == number }?.key
        }
        #expect(read == [.activeOpens: series, .socketsInTimeWait: MinuteSeries()])
        for length in 0..<bytes.count {
            let part = CounterCode.counters(Array(bytes.prefix(length))) { number in
                numbers.first { $0.value == number }?.key
            }
            #expect(part.count < 3)
        }
    }
}

@Suite struct `A day` {
    @Test(arguments: [
        ("2026-11-29.db", "2026-11-29"), ("2026-11-29.db-wal", "2026-11-29"),
        ("2026-11-29.db.damaged-2", "2026-11-29"), ("1970-01-01.db", "1970-01-01"),
        ("2024-02-29.db", "2024-02-29"),
    ])
    func `is known by its files' names`(name: String, text: String) {
        #expect(Day(file: name)?.text == text)
    }

    @Test(arguments: [
        "", "hours.db", "2026-11-29", "2026-13-01.db", "2025-02-29.db", "2026-02-30.db",
        "26-11-29.db", "2026-11-2x.db", "x2026-11-29.db", "９２０２６-11-29.db",
    ])
    func `is not read from another name`(name: String) { #expect(Day(file: name) == nil) }

    @Test func `ends where the next begins`() {
        let day = Day(ofSecond: 1_764_460_799)
        #expect(day.text == "2025-11-29")
        #expect(Day(ofSecond: 1_764_460_800).text == "2025-11-30")
        #expect(Day(ofMinute: 1_764_460_799 / 60) == day)
        for number in stride(from: Int64(0), to: 60_000, by: 7) {
            let day = Day(number: number)
            #expect(Day(file: day.fileName) == day)
        }
    }
}
