package import Model

/// Closings by second and destination over a longer time than TIME_WAIT remembers, put together from records.
///
/// Each record redraws the last minute. A second is taken from the first record that was made when it was over: later ones
/// miss what was killed or used again since, and never have more.
package struct ClosingLog: Sendable {
    /// Seconds that are kept.
    package let seconds: Int
    /// The second after the last that is known; nil before the first record.
    package private(set) var end: Int64?
    private var rows: [Tuple: [UInt32]] = [:]
    private var listeners: [UInt16: [UInt32]] = [:]
    private var totals: [UInt32]
    /// Those of them that are of destinations, also of such as were not told apart.
    private var outgoing: [UInt32]
    /// Whether a record told what closed in a second.
    private var isKnown: [Bool]
    /// What the kernel counted into TIME_WAIT, by second; nil where it was not read.
    private var counted: [Double?]
    private var countedBefore: (time: Double, value: Int64)?

    package init(seconds: Int) {
        self.seconds = seconds
        totals = Array(repeating: 0, count: seconds)
        outgoing = totals
        isKnown = Array(repeating: false, count: seconds)
        counted = Array(repeating: nil, count: seconds)
    }

    /// Takes in a record; its last column is the second under way and counts no more than that.
    package mutating func add(_ record: ClosingRecord) {
        let recordEnd = record.firstSecond + Int64(ClosingRecord.columns) - 1
        // What is older than a minute stood in an earlier record, or never will.
        let start = max(end ?? record.firstSecond, record.firstSecond)
        guard recordEnd > start else { return }
        // Nothing is known of the seconds between two records that do not meet.
        clear(from: end ?? start, to: recordEnd)
        let cells = (max(start, recordEnd - Int64(seconds))..<recordEnd).map {
            (place: place($0), column: Int($0 - record.firstSecond))
        }
        let empty = [UInt32](repeating: 0, count: seconds)
        for (tuple, columns) in record.tuples {
            for cell in cells {
                rows[tuple, default: empty][cell.place] = columns[cell.column]
                outgoing[cell.place] &+= columns[cell.column]
            }
        }
        for (port, columns) in record.listeners {
            for cell in cells {
                listeners[port, default: empty][cell.place] = columns[cell.column]
                totals[cell.place] &+= columns[cell.column]
            }
        }
        for cell in cells where record.others.indices.contains(cell.column) {
            outgoing[cell.place] &+= record.others[cell.column]
        }
        for cell in cells {
            totals[cell.place] &+= outgoing[cell.place]
            isKnown[cell.place] = true
        }
        end = recordEnd
        forget()
    }

    /// Notes what the kernel has counted into TIME_WAIT, spread over the time since the sample before.
    ///
    /// `TW` and `TWKilled` count sockets as they enter it (`net/ipv4/inet_timewait_sock.c:__inet_twsk_schedule`).
    package mutating func add(_ counters: CounterSample) {
        guard let entered = counters[.timeWaits] else { return }
        let all = entered + (counters[.timeWaitsKilled] ?? 0)
        defer { countedBefore = (counters.time, all) }
        guard let before = countedBefore, counters.time > before.time else { return }
        let perSecond = Double(max(0, all - before.value)) / (counters.time - before.time)
        // Of a longer pause only so much is kept.
        let first = max(Int64(before.time), Int64(counters.time) - Int64(seconds) + 1)
        for second in first...Int64(counters.time) {
            let (begin, finish) = (Double(second), Double(second + 1))
            let share = min(counters.time, finish) - max(before.time, begin)
            // The second in which the sample before was made has its first part already.
            let known = before.time > begin ? counted[place(second)] ?? 0 : 0
            counted[place(second)] = known + perSecond * share
        }
    }

    /// The last seconds of a destination, oldest first; the newest is the last that is known.
    package func curve(of tuple: Tuple, last count: Int) -> [Int] {
        columns(rows[tuple], last: count)
    }

    /// The same of all connections together.
    package func total(last count: Int) -> [Int] { columns(totals, last: count) }

    /// The same of the connections that came to a listener.
    package func curve(ofListener port: UInt16, last count: Int) -> [Int] {
        columns(listeners[port], last: count)
    }

    /// The closings towards a destination from one second up to another, as far as they are kept; of all where that is nil.
    package func count(of tuple: Tuple?, from start: Int64, to end: Int64) -> Int {
        guard let last = self.end, let row = tuple.map({ rows[$0] }) ?? outgoing else { return 0 }
        let start = max(start, last - Int64(seconds))
        let end = min(end, last)
        guard start < end else { return 0 }
        return (start..<end).reduce(0) { $0 + Int(row[place($1)]) }
    }

    /// How many closed in a second that is over, towards destinations and in all; nil where no record tells of it, or where it is
    /// no longer kept.
    package func known(_ second: Int64) -> (outgoing: UInt32, all: UInt32)? {
        guard let end, second < end, second >= end - Int64(seconds) else { return nil }
        let place = place(second)
        return isKnown[place] ? (outgoing[place], totals[place]) : nil
    }

    /// Calls the body with each destination, second and count of what closed from one second up to another.
    package func each(
        from start: Int64, to end: Int64, _ body: (Tuple, Int64, UInt32) -> Void
    ) {
        guard let last = self.end else { return }
        let start = max(start, last - Int64(seconds))
        let end = min(end, last)
        guard start < end else { return }
        for (tuple, row) in rows {
            for second in start..<end where row[place(second)] > 0 {
                body(tuple, second, row[place(second)])
            }
        }
    }

    /// What share of the closings that the kernel counted in the last seconds was found; nil where it was not read.
    package func coverage(last count: Int) -> Double? {
        guard let end else { return nil }
        var (found, all) = (0.0, 0.0)
        for second in (end - Int64(min(count, seconds)))..<end {
            guard let one = counted[place(second)] else { continue }
            all += one
            found += Double(totals[place(second)])
        }
        return all > 0 ? min(1, found / all) : nil
    }

    private func columns(_ row: [UInt32]?, last count: Int) -> [Int] {
        let count = min(count, seconds)
        guard let end, let row else { return Array(repeating: 0, count: count) }
        return ((end - Int64(count))..<end).map { Int(row[place($0)]) }
    }

    private func place(_ second: Int64) -> Int {
        let rest = Int(second % Int64(seconds))
        return rest < 0 ? rest + seconds : rest
    }

    private mutating func clear(from start: Int64, to end: Int64) {
        for second in max(start, end - Int64(seconds))..<end {
            let place = place(second)
            totals[place] = 0
            outgoing[place] = 0
            isKnown[place] = false
            for tuple in rows.keys { rows[tuple]?[place] = 0 }
            for port in listeners.keys { listeners[port]?[place] = 0 }
        }
    }

    /// Lets go of destinations in which nothing closed for as long as is kept.
    private mutating func forget() {
        rows = rows.filter { $0.value.contains { $0 > 0 } }
        listeners = listeners.filter { $0.value.contains { $0 > 0 } }
    }
}
