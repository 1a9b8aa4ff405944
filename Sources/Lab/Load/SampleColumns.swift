/// Quantities that were looked at every tenth of a second, by name.
struct SampleColumns: Sendable {
    private(set) var values: [String: [Double]] = [:]

    /// Notes what a quantity is at a place; where it was not looked at before that it counts as it was last.
    mutating func set(_ name: String, at row: Int, to value: Double) {
        var column = values[name] ?? []
        // More than an hour is not kept.
        guard row >= column.count, row < Timeline.limit else { return }
        let last = column.last ?? 0
        column.append(contentsOf: repeatElement(last, count: row - column.count))
        column.append(value)
        values[name] = column
    }

    /// How many places the longest has.
    var rows: Int { values.values.reduce(0) { max($0, $1.count) } }

    /// All of them, equally long.
    func filled(to rows: Int) -> [String: [Double]] {
        values.mapValues { column in
            column + repeatElement(column.last ?? 0, count: max(rows - column.count, 0))
        }
    }

    mutating func add(_ other: SampleColumns) { values.merge(other.values) { $1 } }
}
