import Audit
import Model
import Statistics

/// One experiment on a page: its claims, its arms side by side, its pictures.
struct ExperimentSection {
    private let result: ExperimentResult
    /// Whether a terminal shows what went over the wire in full.
    private let isExplained: Bool

    init(_ result: ExperimentResult, isExplained: Bool = false) {
        self.result = result
        self.isExplained = isExplained
    }

    var blocks: [Block] {
        var blocks: [Block] = [.heading(result.name, level: 2)]
        if let tried = result.tried, result.unavailable == nil { blocks += answer(tried) }
        blocks += [
            .paragraph(Phrase(result.question)),
            .paragraph(result.verdict.phrase + Phrase(": \(result.claim)")),
        ]
        if let failure = result.failure {
            blocks.append(.remark(label: "failed", Phrase(failure)))
        }
        if let reason = result.unavailable {
            blocks.append(.remark(label: "not tested here", Phrase(reason)))
            return blocks
        }
        for note in result.notes { blocks.append(.remark(label: "note", Phrase(note))) }
        let charts = SeriesCharts(result.arms).charts.map(Block.chart)
        let exchanges = ExchangeCharts(result)
        let passed = exchanges.charts(isBrief: !isExplained).map(Block.chart)
        // One picture belongs to what is seen first.
        blocks += (charts.isEmpty ? passed : charts).prefix(1)
        blocks.append(.table(claims))
        blocks += charts.isEmpty ? passed.dropFirst() : passed[...]
        if let machine = exchanges.machine { blocks.append(.chart(machine)) }
        if result.arms.contains(where: { !$0.trials.isEmpty }) {
            if let chart = LabFirstScreen.effects(result) { blocks.append(.chart(chart)) }
            blocks.append(.table(measures))
            blocks += charts.dropFirst()
        }
        if let scaling = result.scaling {
            blocks.append(.remark(label: "scale", Phrase(scaling)))
        }
        if !settings.rows.isEmpty { blocks.append(.table(settings)) }
        if !result.source.isEmpty {
            blocks.append(
                .remark(label: "kernel", Phrase(result.source.joined(separator: ", "))))
        }
        return blocks
    }

    /// What was asked of settings that were tried, and what came of it.
    private func answer(_ tried: TriedResult) -> [Block] {
        [
            .paragraph(.strong(tried.question)),
            .paragraph(tried.answer.phrase + Phrase(": \(tried.sentence)")),
            .table(table("What was tested", tried.signs + tried.claims)),
        ]
    }

    private var claims: Table {
        table(result.tried == nil ? "Claims" : "Claims of the experiment itself", result.claims)
    }

    private func table(_ title: String, _ claims: [ClaimResult]) -> Table {
        Table(
            title,
            columns: [Table.Column("verdict"), Table.Column("claim", shortening: .wrap(30))],
            rows: claims.map { claim in
                [
                    .phrase(claim.verdict.phrase),
                    .phrase(Phrase(claim.text) + .quiet(" · \(claim.evidence)")),
                ]
            })
    }

    /// What was measured in any arm.
    private var measured: [Measure] {
        result.measures.filter { measure in
            result.arms.contains { $0.sample(measure.name).count > 0 }
        }
    }

    /// Side by side where there is room for it.
    private var measures: Table {
        result.arms.count <= 3 && result.arms.allSatisfy { $0.name.count <= 24 }
            ? matrix : list
    }

    /// A row a measure, a column an arm: medians.
    private var matrix: Table {
        Table(
            "Medians of \(result.runs) runs",
            columns: [Table.Column("")]
                + result.arms.map { Table.Column($0.name, isNumber: true) },
            rows: measured.map { measure in
                [.text(measure.title)]
                    + result.arms.map { arm in
                        .text(arm.sample(measure.name).median.map(measure.unit.text))
                    }
            })
    }

    /// A row for each measure and arm.
    private var list: Table {
        let rows = measured.flatMap { measure in
            result.arms.enumerated().map { index, arm -> [Table.Cell] in
                let sample = arm.sample(measure.name)
                return [
                    .text(index == 0 ? measure.title : ""), .text(arm.name),
                    .text(sample.median.map(measure.unit.text)),
                    .text(Self.interval(sample, measure.unit)),
                ]
            }
        }
        let isSpread = rows.contains { $0.last != .text("") }
        return Table(
            "Medians of \(result.runs) runs",
            columns: [
                Table.Column(""), Table.Column("arm"),
                Table.Column("median", isNumber: true),
            ] + (isSpread ? [Table.Column("interval", rank: 1)] : []),
            rows: isSpread ? rows : rows.map { $0.dropLast() })
    }

    /// Empty where all runs agree.
    private static func interval(_ sample: Sample, _ unit: Measure.Unit) -> String {
        guard let interval = MedianInterval(sample), interval.low != interval.high else {
            return ""
        }
        return "\(unit.text(interval.low)) to \(unit.text(interval.high))"
    }

    private var settings: Table {
        Table(
            "Settings",
            columns: [
                Table.Column("arm"),
                Table.Column("both namespaces", shortening: .wrap(30)),
            ],
            rows: result.arms.filter { !$0.settings.isEmpty }.map { arm in
                [
                    .text(arm.name),
                    .phrase(
                        .code(
                            arm.settings.sorted { $0.key < $1.key }
                                .map { "\($0.key)=\($0.value)" }.joined(separator: " "))),
                ]
            })
    }
}
