import Audit
import Model
import Text

/// The pictures of one namespace.
struct AuditCharts {
    let situation: Situation

    /// More bars than this are a table, not a picture.
    private static let bars = 8
    /// More colours than this cannot be told apart.
    private static let colours = 5

    /// Nil where no port is in use.
    var ports: Chart? {
        let tuples = situation.tuples.filter { $0.used > 0 }.prefix(Self.bars)
        guard let fullest = tuples.first else { return nil }
        let name = TupleText.name(fullest.tuple)
        return Chart(
            title: "Local ports in use, by destination",
            summary:
                "\(name) uses \(fullest.used.grouped) of \(fullest.usable.grouped) local ports "
                + "(\(fullest.usedRatio.percent)).",
            kind: .ports(
                PortsChart(
                    rows: tuples.map {
                        PortsChart.Row(
                            label: TupleText.name($0.tuple),
                            detail: "\($0.used.grouped) of \($0.usable.grouped) ports",
                            bar: TupleText.bar($0))
                    })),
            table: Table(
                "",
                columns: [
                    Table.Column("destination"), Table.Column("open", isNumber: true),
                    Table.Column("TIME_WAIT", isNumber: true),
                    Table.Column("reusable", isNumber: true),
                    Table.Column("usable", isNumber: true), Table.Column("used", isNumber: true),
                ],
                rows: tuples.map {
                    let waiting = $0.ledger.states[.timeWait]
                    return [
                        .text(TupleText.name($0.tuple)), .count(max($0.used - waiting, 0)),
                        .count(waiting), .count($0.reusable), .count($0.usable),
                        .text($0.usedRatio.percent),
                    ]
                }), isRepeated: true)
    }

    /// Nil where no connection was seen to close.
    var closings: Chart? {
        let tuples = situation.now.tuples
        // Thousands of tuples: their sums are sorted, not they, and all is added up in one go.
        let closers = tuples.indices
            .map { (sum: tuples[$0].closings.reduce(0, +), index: $0) }
            .filter { $0.sum > 0 }
            .sorted { ($1.sum, $0.index) < ($0.sum, $1.index) }
        guard !closers.isEmpty || situation.closings.contains(where: { $0 > 0 }) else { return nil }
        var series = closers.prefix(Self.colours).map { closer in
            ClosingsChart.Series(
                name: TupleText.name(tuples[closer.index].tuple),
                counts: Self.minute(CollectionOfOne(tuples[closer.index].closings)))
        }
        if let rest = others(than: series, left: closers.count - series.count) {
            series.append(rest)
        }
        let chart = ClosingsChart(series: series)
        let sum = chart.totals.reduce(0, +)
        return Chart(
            title: "Connections closed by this host, per second, last 60 s",
            summary: "\(sum.grouped) connections in 60 s, at most \(chart.highest.grouped) per "
                + "second, counted from sockets in TIME_WAIT.",
            kind: .closings(chart),
            table: Table(
                "",
                columns: [Table.Column("seconds ago", isNumber: true)]
                    + series.map { Table.Column($0.name, isNumber: true) },
                rows: (0..<ClosingsChart.seconds).map { second in
                    [.count(second)] + series.map { .count($0.counts[second]) }
                }), isRepeated: false)
    }

    /// What was closed beside those shown: of other destinations, and of connections that listeners accepted.
    private func others(
        than shown: [ClosingsChart.Series], left: Int
    ) -> ClosingsChart.Series? {
        let all = Self.minute(CollectionOfOne(situation.closings))
        let rest = all.indices.map { second in
            max(0, all[second] - shown.reduce(0) { $0 + $1.counts[second] })
        }
        guard rest.contains(where: { $0 > 0 }) else { return nil }
        let listed = Self.minute(situation.now.tuples.lazy.map(\.closings)).reduce(0, +)
        let isOfListeners = all.reduce(0, +) > listed
        let destinations = left > 0 ? left.counted("other destination") : nil
        let listeners = isOfListeners ? "listeners" : nil
        return .init(
            name: [destinations, listeners].compactMap { $0 }.joined(separator: " and "),
            counts: rest)
    }

    /// Nil where there is no socket.
    var states: Chart? {
        let parts = situation.now.states.present
        guard let first = parts.first else { return nil }
        let total = situation.now.states.total
        return Chart(
            title: "Sockets by state",
            summary: "\(total.counted("socket")), most in \(first.state.name): "
                + "\(first.count.grouped).",
            kind: .states(
                StatesChart(
                    parts: parts.map { StatesChart.Part(state: $0.state, count: $0.count) })),
            table: Table(
                "",
                columns: [
                    Table.Column("state"), Table.Column("sockets", isNumber: true),
                    Table.Column("share", isNumber: true),
                ],
                rows: parts.map {
                    [
                        .text($0.state.name), .count($0.count),
                        .text((Double($0.count) / Double(max(total, 1))).percent),
                    ]
                }), isRepeated: true)
    }

    /// The last 60 seconds of all of them; the sixty-first bucket holds what is about to end.
    private static func minute(_ tuples: some Sequence<[Int]>) -> [Int] {
        var sums = Array(repeating: 0, count: ClosingsChart.seconds)
        for closings in tuples {
            for (second, count) in closings.prefix(sums.count).enumerated() {
                sums[second] += count
            }
        }
        return sums
    }
}
