import Model
import Text

/// The pictures of a proof.
struct ProofCharts {
    private let proof: Proof
    private let series: ArmSeries

    init(_ proof: Proof) {
        self.proof = proof
        series = ArmSeries(proof.arms, seconds: proof.workload.runSeconds)
    }

    /// The one that tells most: the first of the workload's series that was taken.
    var main: Chart? {
        guard let name = mainName else { return nil }
        return lines(name)
    }

    private var mainName: String? {
        proof.workload.series.first { series.isTaken($0) } ?? series.names.first
    }

    /// All other series that have a course.
    var others: [Chart] { otherNames.filter { !isFlat($0) }.map(lines) }

    /// Those that are a number and no course, in a line: `ESTABLISHED at the client 0`.
    var flat: Phrase? {
        let parts = otherNames.filter(isFlat).map { name in
            let kind = SeriesKind(name)
            let values = proof.arms.map {
                Measure.Unit.count.text(series.median(name, of: $0.name).first ?? 0)
            }
            return kind.title + " "
                + (Set(values).count == 1 ? values[0] : values.joined(separator: " → "))
        }
        return parts.isEmpty ? nil : Phrase(parts.joined(separator: " · "))
    }

    private var otherNames: [String] {
        let first = proof.workload.series.filter(series.isTaken)
        let rest = series.names.filter { !first.contains($0) }
        return (first + rest).filter { $0 != mainName && series.isMoving($0) }
    }

    /// Whether the middle of the runs is the same from the beginning to the end, in each arm.
    private func isFlat(_ name: String) -> Bool {
        proof.arms.allSatisfy { Set(series.median(name, of: $0.name)).count <= 1 }
    }

    private func lines(_ name: String) -> Chart {
        let kind = SeriesKind(name)
        let step = series.step
        let lines = proof.arms.map { arm in
            LinesChart.Line(
                proof.title(of: arm.name),
                series.median(name, of: arm.name).map { kind.isEvent ? $0 / step : $0 })
        }
        let most = lines.map { line in
            "\(line.name) \((line.values.max() ?? 0).figure)"
        }
        let marks = marks
        return Chart(
            title: kind.title,
            summary:
                "\(kind.title) during a run, medians of the runs. Highest: \(most.joined(separator: ", "))."
                + marks.map { " At \($0.seconds.duration): \($0.text)." }.joined(),
            kind: .lines(LinesChart(lines: lines, step: step, unit: kind.unit, marks: marks)),
            table: table(kind, lines, step), isRepeated: true)
    }

    private func table(_ kind: SeriesKind, _ lines: [LinesChart.Line], _ step: Double) -> Table {
        let count = lines.map(\.values.count).max() ?? 0
        return Table(
            kind.title,
            columns: [Table.Column("time", isNumber: true)]
                + lines.map { Table.Column($0.name, isNumber: true) },
            rows: (0..<count).map { row in
                [.text((Double(row) * step).duration)]
                    + lines.map { line in
                        .text(line.values.indices.contains(row) ? line.values[row].figure : nil)
                    }
            })
    }

    /// When each arm had no port left.
    private var marks: [LinesChart.Mark] {
        proof.arms.compactMap { arm in
            for name in ["errors_EADDRNOTAVAIL", "EADDRNOTAVAIL"] {
                let values = series.median(name, of: arm.name)
                if let place = values.firstIndex(where: { $0 > 0 }) {
                    return LinesChart.Mark(
                        seconds: Double(place) * series.step,
                        text: "\(proof.title(of: arm.name)): no port left")
                }
            }
            return nil
        }
    }

    /// Shares of measurements up to a value, a chart a quantity.
    var distributions: [Chart] {
        let names = Set(proof.arms.flatMap { $0.trials.flatMap { $0.curves.keys } }).sorted()
        return names.compactMap { name in
            let curves = proof.arms.compactMap { arm in
                series.medianCurve(name, of: arm.name).map {
                    DistributionChart.Curve(proof.title(of: arm.name), $0)
                }
            }
            guard !curves.isEmpty else { return nil }
            let title = SeriesKind.curve(name)
            let shares = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (1, "max")]
            return Chart(
                title: title,
                summary:
                    "\(title): the share of requests that took at most this long, medians of the runs.",
                kind: .distribution(DistributionChart(curves: curves)),
                table: Table(
                    title,
                    columns: [Table.Column("")]
                        + curves.map { Table.Column($0.name, isNumber: true) },
                    rows: shares.map { share, word in
                        [.text(word)]
                            + curves.map { curve in
                                let place = Int((share * Double(curve.values.count - 1)).rounded())
                                return .text(curve.values[place].latency)
                            }
                    }), isRepeated: true)
        }
    }

    /// How far the second arm is from the first.
    var effects: Chart? {
        let rows = proof.metrics.compactMap { metric -> EffectsChart.Row? in
            guard let change = metric.changeRatio, metric.interval.count == 2 else { return nil }
            return EffectsChart.Row(
                name: metric.title, change: change, low: metric.interval[0],
                high: metric.interval[1], verdict: metric.verdict.rawValue)
        }
        guard !rows.isEmpty else { return nil }
        return Chart(
            title: "Change of each quantity",
            summary: "The change with its interval; 0 means no change. "
                + rows.map { "\($0.name): \($0.verdict)" }.joined(separator: "; ") + ".",
            kind: .effects(EffectsChart(rows: rows)), table: ProofFigures(proof).table,
            isRepeated: true)
    }
}
