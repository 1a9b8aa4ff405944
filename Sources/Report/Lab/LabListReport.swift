package import Model

/// The page of `tcptune lab list`.
package enum LabListReport {
    package static func document(_ experiments: [ExperimentSummary]) -> Document {
        let rows = experiments.map { experiment -> [Table.Cell] in
            [.phrase(.code(experiment.name)), .text(experiment.question)]
        }
        return Document(
            title: "tcptune: experiments",
            blocks: [
                .table(
                    Table(
                        "Experiments",
                        columns: [
                            Table.Column("name"), Table.Column("question", shortening: .wrap(20)),
                        ], rows: rows)),
                .remark(
                    label: "next",
                    .code("tcptune lab run NAME") + " · " + .code("tcptune lab verify")),
            ])
    }

    /// One `tcptune.experiments/1` document.
    package static func json(
        _ experiments: [ExperimentSummary], host: Host, tool: Tool
    ) throws -> String {
        try Envelope(
            .experiments, tool: tool, host: HostJSON(host),
            data: ["experiments": experiments]
        ).encoded(pretty: true)
    }
}
