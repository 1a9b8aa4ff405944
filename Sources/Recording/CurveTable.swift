import History
import Model
import SQLite

/// Curves of all destinations and listeners that are asked for, filled day by day.
struct CurveTable {
    private struct Key<Place: Hashable>: Hashable {
        let netns: String
        let place: Place
    }

    private let span: HistorySpan
    private let subject: HistorySubject?
    private let netns: String?
    private var tupleCurves: [Key<Tuple>: TupleCurve] = [:]
    private var listenerCurves: [Key<ListenerPlace>: ListenerCurve] = [:]
    private(set) var recorded: Set<Int64> = []
    private(set) var otherTuples = 0
    private(set) var otherClosings = 0
    /// Seconds of which it is known what closed, by namespace and minute.
    private var known: [String: [Int64: SecondMask]] = [:]

    init(_ span: HistorySpan, _ subject: HistorySubject?, _ netns: String?) {
        self.span = span
        self.subject = subject
        self.netns = netns
    }

    /// With a zero in each second in which it is known that nothing closed.
    var tuples: [TupleCurve] {
        tupleCurves.values.map { curve in
            var curve = curve
            for (minute, mask) in known[curve.netns] ?? [:] {
                curve.fill(mask, minute: minute, span)
            }
            return curve
        }
    }

    var listeners: [ListenerCurve] { Array(listenerCurves.values) }

    /// Takes in what a day's database has of the stretch.
    mutating func read(
        _ database: Database, of day: Day, _ page: inout HistoryPage
    ) throws(DatabaseError) {
        let reading = DayReading(database)
        // Whatever a file has of another day, that day's own file tells.
        let first = max(span.firstMinute, day.number * Day.minutes)
        let last = min(span.lastMinute, (day.number + 1) * Day.minutes - 1)
        let names = try reading.names()
        let wanted = names.filter { netns == nil || $0.value == netns }
        let minutes = try readMinutes(database, from: first, through: last, wanted)
        let subject = subject
        let places = try reading.places(
            in: wanted, tuples: { subject?.contains($0) ?? true },
            listeners: { subject?.contains($0) ?? true })
        try reading.tuples(from: first, through: last, places.tuples, names) {
            number, tuple, minute, row in
            guard let mask = minutes[number]?[minute], let netns = names[number] else { return }
            let key = Key(netns: netns, place: tuple)
            tupleCurves[key, default: TupleCurve(netns: netns, tuple: tuple, steps: span.steps)]
                .add(row, minute: minute, mask.known, span)
        }
        try reading.listeners(from: first, through: last, places.listeners) {
            number, place, minute, row in
            guard let mask = minutes[number]?[minute], let netns = names[number] else { return }
            let key = Key(netns: netns, place: place)
            listenerCurves[
                key, default: ListenerCurve(netns: netns, place: place, steps: span.steps)
            ].add(row, minute: minute, mask.sampled, span)
        }
        page.events += try reading.events(from: span.from, to: span.to)
    }

    private typealias Masks = (known: SecondMask, sampled: SecondMask)

    private mutating func readMinutes(
        _ database: Database, from first: Int64, through last: Int64, _ names: [Int64: String]
    ) throws(DatabaseError) -> [Int64: [Int64: Masks]] {
        let statement = try database.prepare(
            """
            SELECT minute, netns, known, sampled, other_tuples, other_closings FROM minutes
            WHERE minute BETWEEN ? AND ?
            """)
        try statement.bind(.integer(first), .integer(last))
        var masks: [Int64: [Int64: Masks]] = [:]
        while try statement.step() {
            let (minute, number) = (statement.integer(0), statement.integer(1))
            guard let name = names[number] else { continue }
            let mask = SecondMask(bits: UInt64(bitPattern: statement.integer(2)))
            masks[number, default: [:]][minute] = (
                mask, SecondMask(bits: UInt64(bitPattern: statement.integer(3)))
            )
            known[name, default: [:]][minute] = mask
            recorded.insert(minute)
            otherTuples = max(otherTuples, statement.count(4) ?? 0)
            otherClosings += MinuteSeries(statement.blob(5))?.total ?? 0
        }
        return masks
    }
}
