import Model
import Text

/// A chart of how times are spread, with the shares that people ask for in its table.
struct SpreadChart {
    private let title: String
    private let curves: [DistributionChart.Curve]

    init(_ title: String, _ curves: [DistributionChart.Curve]) {
        self.title = title
        self.curves = curves
    }

    private static let shares = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (1, "max")]

    /// Nil where nothing was measured.
    var chart: Chart? {
        guard curves.contains(where: { $0.values.contains { $0 > 0 } }) else { return nil }
        let halves = curves.map { "\($0.name) \(Self.text($0, 0.5))" }
        return Chart(
            title: title,
            summary: "The share of measurements that took at most this long. p50: "
                + halves.joined(separator: "; ") + ".",
            kind: .distribution(DistributionChart(curves: curves)),
            table: Table(
                "",
                columns: [Table.Column("")]
                    + curves.map { Table.Column($0.name, isNumber: true) },
                rows: Self.shares.map { share, word in
                    [.text(word)] + curves.map { .text(Self.text($0, share)) }
                }), isRepeated: false)
    }

    private static func text(_ curve: DistributionChart.Curve, _ share: Double) -> String {
        curve.value(at: share)?.latency ?? "-"
    }
}
