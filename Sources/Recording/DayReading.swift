import History
import Model
import SQLite

/// Reads rows of a day's database, whoever opened it.
struct DayReading {
    typealias Places<Key> = [Int64: (netns: Int64, key: Key)]

    private let database: Database

    init(_ database: Database) { self.database = database }

    /// Whole records of some minutes, of one namespace or of all.
    func records(
        from first: Int64, through last: Int64, netns: String? = nil
    ) throws(DatabaseError) -> [MinuteRecord] {
        let names = try names()
        let wanted = names.filter { netns == nil || netns == $0.value }
        var records = try minutes(from: first, through: last, wanted, names)
        let places = try places(in: wanted)
        try tuples(from: first, through: last, places.tuples, names) { netns, tuple, minute, row in
            records[netns]?[minute]?.tuples[tuple] = row
        }
        try listeners(from: first, through: last, places.listeners) { netns, place, minute, row in
            records[netns]?[minute]?.listeners[place] = row
        }
        return records.values.flatMap(\.values).sorted {
            ($0.minute, $0.netns) < ($1.minute, $1.netns)
        }
    }

    private func minutes(
        from first: Int64, through last: Int64, _ wanted: [Int64: String], _ names: [Int64: String]
    ) throws(DatabaseError) -> [Int64: [Int64: MinuteRecord]] {
        let statement = try database.prepare("SELECT * FROM minutes WHERE minute BETWEEN ? AND ?")
        try statement.bind(.integer(first), .integer(last))
        var records: [Int64: [Int64: MinuteRecord]] = [:]
        while try statement.step() {
            let (minute, number) = (statement.integer(0), statement.integer(1))
            guard let name = wanted[number] else { continue }
            var record = MinuteRecord(minute: minute, netns: name)
            record.sampled = SecondMask(bits: UInt64(bitPattern: statement.integer(3)))
            record.looks = statement.count(4) ?? 0
            record.usable = statement.count(5)
            record.others.tuples = statement.count(7) ?? 0
            record.others.used = statement.count(8) ?? 0
            // What cannot be read is not known.
            if let found = MinuteSeries(statement.blob(6)),
                let others = MinuteSeries(statement.blob(9))
            {
                record.known = SecondMask(bits: UInt64(bitPattern: statement.integer(2)))
                record.found = found
                record.others.closings = others
            }
            record.counters = CounterCode.counters(statement.blob(10)) {
                names[Int64($0)].flatMap { Self.counters[$0] }
            }
            records[number, default: [:]][minute] = record
        }
        return records
    }

    private static let counters = Dictionary(
        FollowedCounter.allCases.map { ($0.longName, $0) }, uniquingKeysWith: { first, _ in first })

    func events(from first: Int64, to last: Int64) throws(DatabaseError) -> [HistoryEvent] {
        let statement = try database.prepare(
            "SELECT time, text FROM events WHERE time BETWEEN ? AND ? ORDER BY time LIMIT 1000")
        try statement.bind(.integer(first), .integer(last))
        var events: [HistoryEvent] = []
        while try statement.step() {
            events.append(HistoryEvent(time: statement.integer(0), text: statement.text(1)))
        }
        return events
    }

    func names() throws(DatabaseError) -> [Int64: String] {
        let statement = try database.prepare("SELECT id, text FROM names")
        var names: [Int64: String] = [:]
        while try statement.step() { names[statement.integer(0)] = statement.text(1) }
        return names
    }

    /// Destinations and listeners of some namespaces, by their numbers.
    func places(
        in names: [Int64: String], tuples isWanted: (Tuple) -> Bool = { _ in true },
        listeners isListenerWanted: (ListenerPlace) -> Bool = { _ in true }
    ) throws(DatabaseError) -> (tuples: Places<Tuple>, listeners: Places<ListenerPlace>) {
        let statement = try database.prepare("SELECT id, netns, source, address, port FROM places")
        var (tuples, listeners): (Places<Tuple>, Places<ListenerPlace>) = ([:], [:])
        while try statement.step() {
            let netns = statement.integer(1)
            guard names[netns] != nil, let address = IPAddress(statement.text(3)),
                let port = UInt16(exactly: statement.integer(4))
            else { continue }
            let source = statement.text(2)
            if source.isEmpty {
                let place = ListenerPlace(address: address, port: port)
                if isListenerWanted(place) { listeners[statement.integer(0)] = (netns, place) }
            } else if let source = IPAddress(source) {
                let tuple = Tuple(source: source, destination: address, port: port)
                if isWanted(tuple) { tuples[statement.integer(0)] = (netns, tuple) }
            }
        }
        return (tuples, listeners)
    }

    /// Rows of these destinations: of few each is looked for in each minute, of many all are read.
    func tuples(
        from first: Int64, through last: Int64, _ places: Places<Tuple>, _ names: [Int64: String],
        _ body: (Int64, Tuple, Int64, TupleMinute) -> Void
    ) throws(DatabaseError) {
        try rows("tuples", from: first, through: last, places) { row, netns, tuple in
            if let minute = Self.tuple(row, names) { body(netns, tuple, row.integer(0), minute) }
        }
    }

    func listeners(
        from first: Int64, through last: Int64, _ places: Places<ListenerPlace>,
        _ body: (Int64, ListenerPlace, Int64, ListenerMinute) -> Void
    ) throws(DatabaseError) {
        try rows("listeners", from: first, through: last, places) { row, netns, place in
            guard let queue = MinuteSeries(row.blob(3)), let drops = MinuteSeries(row.blob(4))
            else { return }
            var minute = ListenerMinute(backlog: row.count(2))
            minute.queue = queue
            minute.drops = drops
            body(netns, place, row.integer(0), minute)
        }
    }

    private static let few = 8

    private func rows<Key>(
        _ table: String, from first: Int64, through last: Int64, _ places: Places<Key>,
        _ body: (Statement, Int64, Key) -> Void
    ) throws(DatabaseError) {
        guard !places.isEmpty else { return }
        guard places.count <= Self.few else {
            let all = try database.prepare("SELECT * FROM \(table) WHERE minute BETWEEN ? AND ?")
            try all.bind(.integer(first), .integer(last))
            while try all.step() {
                if let place = places[all.integer(1)] { body(all, place.netns, place.key) }
            }
            return
        }
        let one = try database.prepare(
            """
            SELECT \(table).* FROM (SELECT DISTINCT minute FROM minutes WHERE minute BETWEEN ? AND ?) AS m
            CROSS JOIN \(table) ON \(table).minute = m.minute AND \(table).place = ?
            """)
        for (number, place) in places {
            try one.bind(.integer(first), .integer(last), .integer(number))
            while try one.step() { body(one, place.netns, place.key) }
        }
    }

    private static func tuple(_ row: Statement, _ names: [Int64: String]) -> TupleMinute? {
        guard let closings = MinuteSeries(row.blob(8)) else { return nil }
        var minute = TupleMinute()
        if let used = row.count(2) {
            minute.levels = TupleLevels(
                used: used, usable: row.count(3) ?? 0, established: row.count(4) ?? 0,
                timeWait: row.count(5) ?? 0, closeWait: row.count(6) ?? 0,
                owner: row.isNull(7) ? nil : names[row.integer(7)])
        }
        minute.closings = closings
        return minute
    }
}
