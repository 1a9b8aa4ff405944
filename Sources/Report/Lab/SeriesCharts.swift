import HostState
import Lab

/// Pictures of what the arms did over time: one a quantity, one line an arm, from the run in the middle.
struct SeriesCharts {
    private let arms: [ArmResult]
    /// What is worth a picture, and what it is called.
    private static let wanted: [(name: String, title: String, unit: String)] = [
        ("ports_used", "Local ports in use", "ports"),
        ("client_TIME_WAIT", "TIME_WAIT at the client", "sockets"),
        ("server_TIME_WAIT", "TIME_WAIT at the server", "sockets"),
        ("EADDRNOTAVAIL", "connect() failed: no port left", "failures a step"),
        ("completed", "Requests answered", "requests a step"),
        ("connect_seconds", "Time of a connect()", "seconds"),
    ]

    init(_ arms: [ArmResult]) { self.arms = arms }

    var charts: [Chart] {
        Self.wanted.compactMap { name, title, unit in
            let lines = arms.compactMap { arm -> (LinesChart.Line, Double)? in
                let counted = arm.trials.filter { $0.void == nil && $0.series[name] != nil }
                guard !counted.isEmpty, let values = counted[counted.count / 2].series[name],
                    values.count > 1
                else { return nil }
                return (LinesChart.Line(arm.name, values), counted[counted.count / 2].seriesStep)
            }
            guard let step = lines.first?.1,
                lines.contains(where: { $0.0.values.contains { $0 > 0 } })
            else { return nil }
            return Chart(
                title: title, summary: summary(title, lines.map(\.0), unit),
                kind: .lines(LinesChart(lines: lines.map(\.0), step: step, unit: unit)),
                table: table(lines.map(\.0), step), isRepeated: false)
        }
    }

    private func summary(_ title: String, _ lines: [LinesChart.Line], _ unit: String) -> String {
        title + ": "
            + lines.map { "\($0.name) at most \(($0.values.max() ?? 0).figure) \(unit)" }
            .joined(separator: "; ")
    }

    /// At most thirty rows: the picture has them all, and JSON.
    private func table(_ lines: [LinesChart.Line], _ step: Double) -> Table {
        let count = lines.map(\.values.count).max() ?? 0
        let every = max((count + 29) / 30, 1)
        return Table(
            "",
            columns: [Table.Column("at", isNumber: true)]
                + lines.map { Table.Column($0.name, isNumber: true) },
            rows: stride(from: 0, to: count, by: every).map { place in
                [.text((Double(place) * step).duration)]
                    + lines.map { line in
                        .text(line.values.indices.contains(place) ? line.values[place].figure : nil)
                    }
            })
    }
}
