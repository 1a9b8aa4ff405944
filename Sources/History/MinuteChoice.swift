import Model

/// Which destinations have rows of their own in a minute: those in which something closes, or that hold many ports; the others are summed.
package enum MinuteChoice {
    /// Rows of a host at most, whatever it does: 300 a minute fill some 30 MB a day.
    package static let most = 300
    /// The share of its ports from which a destination has a row although nothing closed.
    package static let shareThatEnters = 0.01
    /// So many closings in a second count as much as a whole share of ports does.
    private static let closingsPerShare = 200.0

    private struct Candidate {
        let record: Int
        let tuple: Tuple
        let level: Double
    }

    /// Sums what matters least of several namespaces' records of one minute.
    package static func apply(to records: inout [MinuteRecord], most: Int = most) {
        var candidates: [Candidate] = []
        for (index, record) in records.enumerated() {
            for (tuple, row) in record.tuples {
                if let level = level(of: row) {
                    candidates.append(Candidate(record: index, tuple: tuple, level: level))
                }
            }
        }
        // Of equals the same are chosen each time.
        candidates.sort {
            ($1.level, $0.record, $0.tuple.destination.low, $0.tuple.port, $0.tuple.source.low)
                < (
                    $0.level, $1.record, $1.tuple.destination.low, $1.tuple.port,
                    $1.tuple.source.low
                )
        }
        var chosen = Array(repeating: Set<Tuple>(), count: records.count)
        for candidate in candidates.prefix(most) {
            chosen[candidate.record].insert(candidate.tuple)
        }
        for index in records.indices { sum(all: &records[index], but: chosen[index]) }
    }

    private static func sum(all record: inout MinuteRecord, but chosen: Set<Tuple>) {
        for (tuple, row) in record.tuples where !chosen.contains(tuple) {
            record.others.tuples += 1
            record.others.used += row.levels?.used ?? 0
            record.others.closings.add(row.closings)
        }
        record.tuples = record.tuples.filter { chosen.contains($0.key) }
    }

    /// How much it matters; nil where it has no row in any case.
    private static func level(of row: TupleMinute) -> Double? {
        let share = row.levels?.usedRatio ?? 0
        let closings = row.closings.total
        guard closings > 0 || share >= shareThatEnters else { return nil }
        return share + Double(closings) / Double(MinuteSeries.seconds) / closingsPerShare
    }
}
