import History
import Kernel
import SQLite
import Text

/// Writes records into one database a day, and lets the oldest days go.
///
/// A file is thrown away as a whole: that frees its space also on a full disk, where SQLite can delete nothing any more, and a
/// damaged file costs a day at most. Nothing here ends the agent: what goes wrong is said once, and again when it has passed.
package final class HistoryStore {
    /// Where, for how long, and how much at most.
    package struct Settings: Sendable, Hashable {
        package var directory = usualDirectory
        /// In seconds.
        package var retain = 14.0 * 86400
        /// In bytes of the disk.
        package var limit: Int64 = 512 << 20

        package static let usualDirectory = "/var/lib/tcptune-agent/history"

        package init() {}
    }

    private let settings: Settings
    private let pile: FilePile
    private let say: (String) -> Void
    private var files: [Day: DayFile] = [:]
    /// Days whose file was looked through for damage since the start.
    private var checked: Set<Day> = []
    /// What stood in a file of minutes that were begun before this program started, or the clock was set.
    private var bases: [MinuteRecord.Key: MinuteRecord?] = [:]
    /// What was said last of a failure.
    private var complaint: String?
    /// What the files take, as of the last writing; nil before it.
    package private(set) var bytes: Int64?

    /// - Parameter say: called with a sentence, once for each kind of failure.
    package init(_ settings: Settings, say: @escaping (String) -> Void) {
        self.settings = settings
        self.say = say
        pile = FilePile(path: settings.directory)
    }

    /// Writes what is new; what cannot be written is lost, and that is said.
    ///
    /// - Parameter clock: seconds since 1970.
    package func write(_ batch: Recorder.Batch, clock: Double) {
        var days: [Day: Recorder.Batch] = [:]
        for record in batch.records {
            days[Day(ofMinute: record.minute), default: Recorder.Batch()].records.append(record)
        }
        for event in batch.events {
            days[Day(ofSecond: event.time), default: Recorder.Batch()].events.append(event)
        }
        let newest = days.keys.max() ?? Day(ofSecond: Int64(clock))
        do throws(HistoryFailure) {
            try prepare()
            try thin(keeping: newest, clock: clock)
            for (day, part) in days.sorted(by: { $0.key < $1.key }) {
                try write(part, to: day, again: batch.again)
            }
            for day in files.keys where day != newest { close(day) }
            let handed = Set(batch.records.map(\.key))
            bases = bases.filter { handed.contains($0.key) }
            if complaint != nil {
                complaint = nil
                say("the history is kept again")
            }
        } catch {
            complain(error)
        }
    }

    /// Leaves whole files that anybody may read.
    package func close() {
        for day in files.keys { close(day) }
    }

    private func close(_ day: Day) { files.removeValue(forKey: day)?.close() }

    private func complain(_ failure: HistoryFailure) {
        guard complaint != failure.kind else { return }
        complaint = failure.kind
        say("\(failure.description); nothing is added to the history until this has passed")
    }

    private func prepare() throws(HistoryFailure) {
        do throws(KernelError) { try pile.make() } catch { throw HistoryFailure(error) }
    }

    // MARK: one day

    private func write(
        _ batch: Recorder.Batch, to day: Day, again: Set<MinuteRecord.Key>
    ) throws(HistoryFailure) {
        var failure: DatabaseError?
        // Once more for a file that was set aside, and for each older one that made room.
        for _ in 0..<1000 {
            do throws(DatabaseError) { return try attempt(batch, day, again) } catch {
                failure = error
                if error.isDamaged {
                    try setAside(day, because: error)
                } else if error.isFull {
                    guard try removeOldest(keeping: day) else { throw HistoryFailure(error) }
                } else {
                    files[day] = nil
                    throw HistoryFailure(error)
                }
            }
        }
        if let failure { throw HistoryFailure(failure) }
    }

    private func attempt(
        _ batch: Recorder.Batch, _ day: Day, _ again: Set<MinuteRecord.Key>
    ) throws(DatabaseError) {
        let file: DayFile
        if let open = files[day] {
            file = open
        } else {
            file = try DayFile(day, in: settings.directory, isNew: !checked.contains(day))
            checked.insert(day)
            files[day] = file
        }
        var records: [MinuteRecord] = []
        for record in batch.records {
            records.append(
                try completed(record, isAgain: again.contains(record.key), in: file))
        }
        try file.write(records, batch.events)
    }

    /// With what the file had of that minute before it was first handed out.
    ///
    /// What stood there first is kept; the record adds what was not known.
    private func completed(
        _ record: MinuteRecord, isAgain: Bool, in file: DayFile
    ) throws(DatabaseError) -> MinuteRecord {
        let base: MinuteRecord?
        if isAgain, let known = bases[record.key] {
            base = known
        } else {
            base = try file.record(record.minute, record.netns)
            bases[record.key] = .some(base)
        }
        return base?.completed(by: record) ?? record
    }

    /// Gives a damaged file another name, its log and index with it, so that sqlite3's `.recover` finds all of it.
    private func setAside(_ day: Day, because error: DatabaseError) throws(HistoryFailure) {
        files[day] = nil
        bases = [:]
        do throws(KernelError) {
            let names = try pile.files().map(\.name)
            var number = 1
            while names.contains(where: { $0.hasPrefix(Self.aside(day, number)) }) { number += 1 }
            for ending in ["", "-wal", "-shm", "-journal"]
            where names.contains(day.fileName + ending) {
                try pile.rename(day.fileName + ending, to: Self.aside(day, number) + ending)
            }
            say(
                "\(error.description); set aside as \(Self.aside(day, number)), a new file is begun"
            )
        } catch {
            throw HistoryFailure(error)
        }
    }

    private static func aside(_ day: Day, _ number: Int) -> String {
        "\(day.fileName).damaged-\(number)"
    }

    // MARK: what goes

    private func removeOldest(keeping day: Day) throws(HistoryFailure) -> Bool {
        do throws(KernelError) {
            guard let oldest = try days().keys.min(), oldest < day else { return false }
            try remove(oldest)
            return true
        } catch {
            throw HistoryFailure(error)
        }
    }

    /// All files that belong to a day, by day.
    private func days() throws(KernelError) -> [Day: [FilePile.File]] {
        var days: [Day: [FilePile.File]] = [:]
        for file in try pile.files() {
            if let day = Day(file: file.name) { days[day, default: []].append(file) }
        }
        return days
    }

    private func remove(_ day: Day) throws(KernelError) {
        files[day] = nil
        for file in try days()[day] ?? [] { try pile.remove(file.name) }
    }

    /// Lets go of days that are older than is wanted, then of the oldest while all take too much.
    private func thin(keeping newest: Day, clock: Double) throws(HistoryFailure) {
        var sum: Int64 = 0
        do throws(KernelError) {
            var days = try days().mapValues { files in files.reduce(0) { $0 + $1.bytes } }
            let first = Day(ofSecond: Int64(clock - settings.retain))
            for day in days.keys where day < first && day != newest {
                try remove(day)
                days[day] = nil
            }
            while days.values.reduce(0, +) > settings.limit, let oldest = days.keys.min(),
                oldest != newest
            {
                try remove(oldest)
                days[oldest] = nil
            }
            sum = days.values.reduce(0, +)
            bytes = sum
        } catch {
            throw HistoryFailure(error)
        }
        guard sum <= settings.limit else { throw .tooMuch(newest, settings.limit) }
    }
}

/// Why nothing can be written.
private struct HistoryFailure: Error, CustomStringConvertible {
    let description: String
    /// What is the same for failures of one kind.
    let kind: String

    init(_ error: KernelError) {
        description = "cannot keep the history: \(error.description)"
        kind = description
    }

    init(_ error: DatabaseError) {
        description = "cannot keep the history: \(error.description)"
        kind = "\(error.code)"
    }

    private init(description: String, kind: String) {
        self.description = description
        self.kind = kind
    }

    static func tooMuch(_ day: Day, _ limit: Int64) -> HistoryFailure {
        HistoryFailure(
            description:
                "the history of \(day.text) alone takes more than its limit of \(limit.bytes)",
            kind: "limit")
    }
}
