import Model

/// Counts TIME_WAIT by the second in which each began, as the rows of a dump come in.
struct ClosingRedraw: SocketRowSink {
    /// So many tuples are told apart; what comes beyond is counted together.
    static let mostTuples = 4096
    /// The clock is read for so many rows at once: fewer than a datagram holds.
    private static let rowsAtOnce = 64

    private let firstSecond: Int64
    private let listening: Set<UInt16>
    private var now: Double
    private var rows = 0
    /// The number of a tuple's or a listener's line in ``counts``.
    private var tuples: [Tuple: Int] = [:]
    private var listeners: [UInt16: Int] = [:]
    /// Lines of ``ClosingRecord/columns`` counts; the first is that of all other tuples.
    private var counts = [UInt32](repeating: 0, count: ClosingRecord.columns)

    /// - Parameter listening: ports on which this namespace listens.
    init(listening: Set<UInt16>) {
        now = BootClock.now
        firstSecond = Int64(now) - Int64(ClosingRecord.columns) + 1
        self.listening = listening
    }

    mutating func take(_ row: SocketRow, message: RawSpan) {
        guard row.state == .timeWait else { return }
        if rows % Self.rowsAtOnce == 0 { now = BootClock.now }
        rows += 1
        let began =
            now - ClosingRecord.length + Double(min(row.expires, ClosingBuckets.length)) / 1000
        // A timer that has just run out began a minute ago or a tick earlier; one of the second under way stays in it.
        let column = min(max(Int64(began) - firstSecond, 0), Int64(ClosingRecord.columns) - 1)
        counts[line(of: row) * ClosingRecord.columns + Int(column)] += 1
    }

    private mutating func line(of row: SocketRow) -> Int {
        if listening.contains(row.sourcePort) {
            if let line = listeners[row.sourcePort] { return line }
            let line = addLine()
            listeners[row.sourcePort] = line
            return line
        }
        let tuple = Tuple(
            source: row.source, destination: row.destination, port: row.destinationPort)
        if let line = tuples[tuple] { return line }
        guard tuples.count < Self.mostTuples else { return 0 }
        let line = addLine()
        tuples[tuple] = line
        return line
    }

    private mutating func addLine() -> Int {
        counts.append(contentsOf: repeatElement(0, count: ClosingRecord.columns))
        return counts.count / ClosingRecord.columns - 1
    }

    var result: ClosingRecord {
        ClosingRecord(
            firstSecond: firstSecond, tuples: tuples.mapValues(columns),
            listeners: listeners.mapValues(columns), others: columns(of: 0), sockets: rows)
    }

    private func columns(of line: Int) -> [UInt32] {
        Array(counts[line * ClosingRecord.columns..<(line + 1) * ClosingRecord.columns])
    }
}
