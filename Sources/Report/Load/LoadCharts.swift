import Model
import Text

/// The pictures of a recorded load.
struct LoadCharts {
    private let run: LoadJSON

    init(_ run: LoadJSON) { self.run = run }

    private static let requests = [("completed", "answered"), ("dropped", "dropped")]

    var charts: [Chart] { [requests, errors, sockets, times].compactMap(\.self) }

    private func isMoving(_ name: String) -> Bool {
        run.series[name].map { $0.count > 1 && $0.contains { $0 > 0 } } ?? false
    }

    private var requests: Chart? {
        let lines = Self.requests.filter { isMoving($0.0) }.map { name, title in
            line(title, name, isEvent: true)
        }
        return chart("Requests over time", lines, unit: "per second", marks: marks)
    }

    /// One line an errno.
    private var errors: Chart? {
        let known = ["attempted", "completed", "dropped"]
        let names = run.series.keys.filter {
            !known.contains($0) && $0 == $0.uppercased() && isMoving($0)
        }.sorted()
        return chart(
            "Errors over time", names.map { line($0, $0, isEvent: true) }, unit: "per second",
            marks: marks)
    }

    /// What was counted beside the load: ports, sockets by state.
    private var sockets: Chart? {
        let names = run.series.keys.filter {
            // Of the columns of a side those that are a state are counts of sockets.
            ($0 == "ports_used" || $0.hasPrefix("client_") && !$0.hasSuffix("_ratio"))
                && isMoving($0)
        }.sorted()
        return chart(
            "Ports and sockets of the client",
            names.map { name in
                let title = name == "ports_used" ? "ports" : String(name.dropFirst("client_".count))
                return line(title, name, isEvent: false)
            }, unit: "sockets", marks: marks)
    }

    private var times: Chart? {
        let kinds: [(String, Latency?)] = [
            ("connect()", run.latencySeconds.connect),
            ("TLS handshake", run.latencySeconds.handshake),
            ("first byte", run.latencySeconds.firstByte),
            ("whole request", run.latencySeconds.total),
            ("from the intended start", run.latencySeconds.fromIntended),
        ]
        return SpreadChart(
            "Time of a request",
            kinds.compactMap { name, latency in
                latency.flatMap {
                    $0.curve.count > 1 ? DistributionChart.Curve(name, $0.curve) : nil
                }
            }
        ).chart
    }

    private func line(_ title: String, _ name: String, isEvent: Bool) -> LinesChart.Line {
        let scale = isEvent ? 1 / max(run.seriesSeconds, 0.001) : 1
        let values = run.series[name] ?? []
        // The last step of what is counted by the step is cut off by the end of the run.
        let rest = isEvent && values.count > 3 ? 1 : 0
        return LinesChart.Line(title, values.dropLast(rest).map { $0 * scale })
    }

    /// When there was no port left.
    private var marks: [LinesChart.Mark] {
        guard let place = run.series["EADDRNOTAVAIL"]?.firstIndex(where: { $0 > 0 }) else {
            return []
        }
        let seconds = Double(place) * run.seriesSeconds
        let time = place == 0 ? "0 s" : seconds.duration
        return [LinesChart.Mark(seconds: seconds, text: "ports exhausted at \(time)")]
    }

    private func chart(
        _ title: String, _ lines: [LinesChart.Line], unit: String, marks: [LinesChart.Mark]
    ) -> Chart? {
        guard !lines.isEmpty else { return nil }
        let step = run.seriesSeconds
        let count = lines.map(\.values.count).max() ?? 0
        let every = max((count + 29) / 30, 1)
        return Chart(
            title: title,
            summary: lines.map { "\($0.name) at most \(($0.values.max() ?? 0).figure) \(unit)" }
                .joined(separator: "; ") + "." + marks.map { " \($0.text)." }.joined(),
            kind: .lines(LinesChart(lines: lines, step: step, unit: unit, marks: marks)),
            table: Table(
                "",
                columns: [Table.Column("at", isNumber: true)]
                    + lines.map { Table.Column($0.name, isNumber: true) },
                rows: stride(from: 0, to: count, by: every).map { place in
                    [.text(place == 0 ? "0 s" : (Double(place) * step).duration)]
                        + lines.map {
                            .text($0.values.indices.contains(place) ? $0.values[place].figure : nil)
                        }
                }), isRepeated: false)
    }
}
