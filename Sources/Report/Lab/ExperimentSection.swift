import Audit
import HostState
import Lab

/// One experiment on a page: its claims, its arms side by side, its pictures.
struct ExperimentSection {
    private let result: ExperimentResult

    init(_ result: ExperimentResult) { self.result = result }

    var blocks: [Block] {
        var blocks: [Block] = [
            .heading(result.name, level: 2), .paragraph(Phrase(result.question)),
            .paragraph(result.verdict.phrase + Phrase(": \(result.claim)")),
        ]
        if let reason = result.unavailable {
            blocks.append(.remark(label: "not tried here", Phrase(reason)))
            return blocks
        }
        blocks.append(.list(result.claims.map(claim), numbered: false))
        if result.arms.contains(where: { !$0.trials.isEmpty }) {
            let charts = SeriesCharts(result.arms).charts.map(Block.chart)
            blocks += charts.prefix(1)
            if let chart = LabFirstScreen.effects(result) { blocks.append(.chart(chart)) }
            blocks.append(.table(measures))
            blocks += charts.dropFirst()
        }
        if let scaling = result.scaling {
            blocks.append(.remark(label: "scale", Phrase(scaling)))
        }
        if !settings.isEmpty { blocks.append(.facts(settings)) }
        if !result.source.isEmpty {
            blocks.append(
                .remark(label: "kernel", Phrase(result.source.joined(separator: ", "))))
        }
        for note in result.notes { blocks.append(.remark(label: "note", Phrase(note))) }
        return blocks
    }

    private func claim(_ claim: ClaimResult) -> Phrase {
        claim.verdict.phrase + Phrase(" \(claim.text)") + .quiet(" · \(claim.evidence)")
    }

    /// A row a measure, a column an arm: medians.
    private var measures: Table {
        let measured = result.measures.filter { measure in
            result.arms.contains { $0.sample(measure.name).count > 0 }
        }
        return Table(
            "Medians of \(result.runs) runs",
            columns: [Table.Column("", shortening: .end(24))]
                + result.arms.map { Table.Column($0.name, isNumber: true) },
            rows: measured.map { measure in
                [.text(measure.title)]
                    + result.arms.map { arm in
                        .text(arm.sample(measure.name).median.map(measure.unit.text))
                    }
            })
    }

    private var settings: [Fact] {
        result.arms.filter { !$0.settings.isEmpty }.map { arm in
            Fact(
                arm.name,
                .code(
                    arm.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                        .joined(separator: " ")))
        }
    }
}
