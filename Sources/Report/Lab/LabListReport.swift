package import Lab
package import Model

/// The page of `tcptune lab list`.
package enum LabListReport {
    package static func document(_ experiments: [Experiment]) -> Document {
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
        _ experiments: [Experiment], host: Host, tool: Tool
    ) throws -> String {
        try Envelope(
            .experiments, tool: tool, host: HostJSON(host),
            data: LabListJSON(
                experiments: experiments.map {
                    LabListJSON.Entry(
                        name: $0.name, question: $0.question, claim: $0.claim, source: $0.source,
                        arms: $0.arms.map(\.name), claims: $0.claims.map(\.text), runs: $0.runs,
                        onlyIPv4: $0.onlyIPv4)
                })
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.experiments/1`.
struct LabListJSON: Encodable, Sendable {
    let experiments: [Entry]

    struct Entry: Encodable, Sendable {
        let name: String
        let question: String
        let claim: String
        let source: [String]
        let arms: [String]
        let claims: [String]
        let runs: Int
        let onlyIPv4: String?

        enum CodingKeys: String, CodingKey {
            case name, question, claim, source, arms, claims, runs
            case onlyIPv4 = "only_ipv4"
        }
    }
}
