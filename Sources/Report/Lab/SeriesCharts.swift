import Model
import Text

/// Pictures of what the arms did: a chart a quantity over time, one line an arm, then how times are spread.
///
/// A line is the median of the runs, step by step; its band holds all of them.
struct SeriesCharts {
    private let arms: [ArmResult]
    private let series: ArmSeries

    /// What is worth a picture, most telling first.
    private static let wanted = [
        "ports_used", "client_TIME_WAIT", "server_TIME_WAIT", "client_FIN_WAIT2",
        "server_CLOSE_WAIT", "EADDRNOTAVAIL",
        "errors_EADDRNOTAVAIL", "accept_queue", "completed", "connect_seconds",
    ]
    /// Rows of a table beside a picture at most: the picture has them all, and JSON.
    private static let rows = 30

    init(_ arms: [ArmResult]) {
        self.arms = arms
        series = ArmSeries(arms)
    }

    var charts: [Chart] {
        let named = Self.wanted.filter { series.isTaken($0) && series.isMoving($0) }
        return named.map(lines) + distributions
    }

    private func lines(_ name: String) -> Chart {
        let kind = SeriesKind(name)
        let scale = kind.isEvent ? 1 / series.step : 1
        // The last step of what is counted by the step is cut off by the end of the run.
        let rest = kind.isEvent ? 1 : 0
        let lines = arms.map { arm in
            let band = series.band(name, of: arm.name)
            return LinesChart.Line(
                arm.name,
                series.median(name, of: arm.name).dropLast(rest).map { $0 * scale },
                low: band.low.dropLast(rest).map { $0 * scale },
                high: band.high.dropLast(rest).map { $0 * scale })
        }
        let most = lines.map { "\($0.name) at most \(($0.values.max() ?? 0).figure)" }
        let marks = marks
        return Chart(
            title: kind.title,
            summary: "\(kind.title), \(kind.unit): " + most.joined(separator: "; ") + "."
                + marks.map { " At \($0.seconds.duration): \($0.text)." }.joined(),
            kind: .lines(
                LinesChart(lines: lines, step: series.step, unit: kind.unit, marks: marks)),
            table: table(lines), isRepeated: false)
    }

    /// When each arm had no port left.
    private var marks: [LinesChart.Mark] {
        arms.compactMap { arm in
            ["errors_EADDRNOTAVAIL", "EADDRNOTAVAIL"].lazy.compactMap { name in
                series.median(name, of: arm.name).firstIndex { $0 > 0 }
            }.first.map { place in
                let seconds = Double(place) * series.step
                return LinesChart.Mark(
                    seconds: seconds,
                    text: "\(arm.name): ports exhausted at \(place == 0 ? "0 s" : seconds.duration)"
                )
            }
        }
    }

    private func table(_ lines: [LinesChart.Line]) -> Table {
        let count = lines.map(\.values.count).max() ?? 0
        let every = max((count + Self.rows - 1) / Self.rows, 1)
        return Table(
            "",
            columns: [Table.Column("at", isNumber: true)]
                + lines.map { Table.Column($0.name, isNumber: true) },
            rows: stride(from: 0, to: count, by: every).map { place in
                [.text(place == 0 ? "0 s" : (Double(place) * series.step).duration)]
                    + lines.map { line in
                        .text(line.values.indices.contains(place) ? line.values[place].figure : nil)
                    }
            })
    }

    private var distributions: [Chart] {
        let names = Set(arms.flatMap { $0.trials.flatMap(\.curves.keys) }).sorted()
        return names.compactMap { name in
            SpreadChart(
                SeriesKind.curve(name),
                arms.compactMap { arm in
                    series.medianCurve(name, of: arm.name).map {
                        DistributionChart.Curve(arm.name, $0)
                    }
                }
            ).chart
        }
    }
}
