import History
import Model
import SQLite

/// The database of one day, `2026-11-29.db`: its layout, and records to and from it.
///
/// Rows lie in the order in which they are written, by minute: a commit appends some pages and touches no others.
final class DayFile {
    let day: Day
    private let database: Database
    private var names: NameTable
    private var places: PlaceTable

    /// `tcph`: PRAGMA application_id of what this program made.
    static let application: Int64 = 0x7463_7068
    /// PRAGMA user_version: raised by a change that breaks readers.
    static let layout: Int64 = 1

    private static let tables = [
        "CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
        // A listener has no source.
        """
        CREATE TABLE places (id INTEGER PRIMARY KEY, netns INTEGER NOT NULL, source TEXT NOT NULL,
            address TEXT NOT NULL, port INTEGER NOT NULL, UNIQUE (address, port, source, netns))
        """,
        """
        CREATE TABLE minutes (minute INTEGER NOT NULL, netns INTEGER NOT NULL, known INTEGER NOT NULL,
            sampled INTEGER NOT NULL, looks INTEGER NOT NULL, usable INTEGER, found BLOB NOT NULL,
            other_tuples INTEGER NOT NULL, other_used INTEGER NOT NULL, other_closings BLOB NOT NULL,
            counters BLOB NOT NULL, PRIMARY KEY (minute, netns)) WITHOUT ROWID
        """,
        """
        CREATE TABLE tuples (minute INTEGER NOT NULL, place INTEGER NOT NULL, used INTEGER,
            usable INTEGER, established INTEGER, time_wait INTEGER, close_wait INTEGER,
            owner INTEGER, closings BLOB NOT NULL, PRIMARY KEY (minute, place)) WITHOUT ROWID
        """,
        """
        CREATE TABLE listeners (minute INTEGER NOT NULL, place INTEGER NOT NULL, backlog INTEGER,
            queue BLOB NOT NULL, drops BLOB NOT NULL, PRIMARY KEY (minute, place)) WITHOUT ROWID
        """,
        "CREATE TABLE events (time INTEGER NOT NULL, text TEXT NOT NULL)",
    ]

    /// Opens it for writing, and makes it where it is not there.
    ///
    /// - Parameter isNew: whether this is the first time since the program started: then it is looked through for damage.
    init(_ day: Day, in directory: String, isNew: Bool) throws(DatabaseError) {
        self.day = day
        let path = "\(directory)/\(day.fileName)"
        database = try Database(path, .writing)
        // Before the first table: it cannot be changed in a file that has one.
        try database.run("PRAGMA journal_mode = WAL")
        try database.run("PRAGMA synchronous = NORMAL")
        // Pages of 4 KiB, after which the log is copied into the file: a small disk has no room for SQLite's 1000.
        try database.run("PRAGMA wal_autocheckpoint = 256")
        if try database.number("SELECT count(*) FROM sqlite_schema") == 0 {
            let database = database
            try database.transaction { () throws(DatabaseError) in
                for table in Self.tables { try database.run(table) }
                try database.run("PRAGMA application_id = \(Self.application)")
                try database.run("PRAGMA user_version = \(Self.layout)")
            }
        } else {
            try Self.check(database)
            if isNew { try Self.lookThrough(database) }
        }
        names = NameTable(
            try database.prepare("INSERT OR IGNORE INTO names (text) VALUES (?)"),
            try database.prepare("SELECT id FROM names WHERE text = ?"))
        places = PlaceTable(
            try database.prepare(
                "INSERT OR IGNORE INTO places (netns, source, address, port) VALUES (?, ?, ?, ?)"),
            try database.prepare(
                "SELECT id FROM places WHERE address = ? AND port = ? AND source = ? AND netns = ?")
        )
    }

    /// Whether it is a file of this layout.
    static func check(_ database: Database) throws(DatabaseError) {
        guard try database.number("PRAGMA application_id") == application else {
            throw .foreign(database.path, "tcptune-agent did not write it")
        }
        guard let found = try database.number("PRAGMA user_version"), found == layout else {
            throw .foreign(database.path, "its layout is not \(layout), that of this version")
        }
    }

    private static func lookThrough(_ database: Database) throws(DatabaseError) {
        let check = try database.prepare("PRAGMA quick_check(1)")
        guard try check.step(), check.text(0) == "ok" else {
            throw .foreign(database.path, "it is damaged: \(check.text(0))")
        }
    }

    /// Leaves it as one file that can be read by who may not write: without a log beside it.
    func close() {
        try? database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        try? database.run("PRAGMA journal_mode = DELETE")
    }

    // MARK: writing

    /// Writes all of it, or nothing.
    func write(_ records: [MinuteRecord], _ events: [HistoryEvent]) throws(DatabaseError) {
        do throws(DatabaseError) {
            try database.transaction { () throws(DatabaseError) in
                for record in records { try write(record) }
                let event = try database.prepare("INSERT INTO events VALUES (?, ?)")
                for one in events { try event.run(.integer(one.time), .text(one.text)) }
            }
        } catch {
            // Numbers that were given in it are not in the file.
            names.forget()
            places.forget()
            throw error
        }
    }

    private func write(_ record: MinuteRecord) throws(DatabaseError) {
        let netns = try names.number(of: record.netns)
        for table in ["tuples", "listeners"] {
            try database.prepare(
                "DELETE FROM \(table) WHERE minute = ? AND place IN (SELECT id FROM places WHERE netns = ?)"
            ).run(.integer(record.minute), .integer(netns))
        }
        let tuples = try database.prepare(
            "INSERT OR REPLACE INTO tuples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        var rows: [(place: Int64, row: TupleMinute)] = []
        for (tuple, row) in record.tuples {
            rows.append((try places.number(of: tuple, in: netns), row))
        }
        // In the order of their key, so that pages fill one after the other.
        for (place, row) in rows.sorted(by: { $0.place < $1.place }) {
            let levels = row.levels
            var owner: Int64?
            if let name = levels?.owner { owner = try names.number(of: name) }
            try tuples.run(
                .integer(record.minute), .integer(place), .integer(levels?.used),
                .integer(levels?.usable), .integer(levels?.established),
                .integer(levels?.timeWait), .integer(levels?.closeWait),
                owner.map { .integer($0) } ?? .null, .blob(row.closings.bytes))
        }
        let listeners = try database.prepare(
            "INSERT OR REPLACE INTO listeners VALUES (?, ?, ?, ?, ?)")
        for (place, row) in record.listeners {
            try listeners.run(
                .integer(record.minute), .integer(try places.number(of: place, in: netns)),
                .integer(row.backlog), .blob(row.queue.bytes), .blob(row.drops.bytes))
        }
        try writeMinute(record, netns)
    }

    private func writeMinute(_ record: MinuteRecord, _ netns: Int64) throws(DatabaseError) {
        var numbers: [FollowedCounter: UInt32] = [:]
        for counter in record.counters.keys {
            numbers[counter] = UInt32(clamping: try names.number(of: counter.longName))
        }
        let counters = CounterCode.bytes(record.counters) { numbers[$0] ?? 0 }
        try database.prepare(
            "INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).run(
            .integer(record.minute), .integer(netns), .integer(Int64(record.known.bits)),
            .integer(Int64(record.sampled.bits)), .integer(record.looks), .integer(record.usable),
            .blob(record.found.bytes), .integer(record.others.tuples), .integer(record.others.used),
            .blob(record.others.closings.bytes), .blob(counters))
    }

    // MARK: reading what was written before

    /// What is in it of a minute; nil where nothing is.
    func record(_ minute: Int64, _ netns: String) throws(DatabaseError) -> MinuteRecord? {
        try DayReading(database).records(from: minute, through: minute, netns: netns).first
    }
}

/// Numbers of texts that occur again and again.
private struct NameTable {
    private let adding: Statement
    private let finding: Statement
    private var known: [String: Int64] = [:]

    init(_ adding: Statement, _ finding: Statement) {
        self.adding = adding
        self.finding = finding
    }

    mutating func number(of text: String) throws(DatabaseError) -> Int64 {
        if let number = known[text] { return number }
        try adding.run(.text(text))
        try finding.bind(.text(text))
        let number = try finding.step() ? finding.integer(0) : 0
        finding.reset()
        if known.count > 4096 { known = [:] }
        known[text] = number
        return number
    }

    mutating func forget() { known = [:] }
}

/// Numbers of destinations and listeners.
private struct PlaceTable {
    private struct Key: Hashable {
        let netns: Int64
        let source: IPAddress?
        let address: IPAddress
        let port: UInt16
    }

    private let adding: Statement
    private let finding: Statement
    private var known: [Key: Int64] = [:]

    init(_ adding: Statement, _ finding: Statement) {
        self.adding = adding
        self.finding = finding
    }

    mutating func number(of tuple: Tuple, in netns: Int64) throws(DatabaseError) -> Int64 {
        try number(
            of: Key(
                netns: netns, source: tuple.source, address: tuple.destination, port: tuple.port))
    }

    mutating func number(of place: ListenerPlace, in netns: Int64) throws(DatabaseError) -> Int64 {
        try number(of: Key(netns: netns, source: nil, address: place.address, port: place.port))
    }

    private mutating func number(of key: Key) throws(DatabaseError) -> Int64 {
        if let number = known[key] { return number }
        let (source, address) = (key.source?.description ?? "", key.address.description)
        try adding.run(
            .integer(key.netns), .text(source), .text(address), .integer(Int64(key.port)))
        try finding.bind(
            .text(address), .integer(Int64(key.port)), .text(source), .integer(key.netns))
        let number = try finding.step() ? finding.integer(0) : 0
        finding.reset()
        if known.count > 20_000 { known = [:] }
        known[key] = number
        return number
    }

    mutating func forget() { known = [:] }
}
