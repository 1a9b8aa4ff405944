import Audit
package import Model

/// The page of `tcptune lab run` and `lab verify`: each claim, its verdict, and what it rests on.
package struct LabReport: Sendable {
    package enum Form: Sendable, Hashable {
        /// Each experiment in full.
        case experiments
        /// One table of all claims.
        case verification
    }

    /// Where what went over the wire is shown in full.
    package enum Explanation: Sendable, Hashable {
        /// In the section of its experiment.
        case within
        /// In the walk that stands before the page, and not a second time.
        case before
    }

    let results: [ExperimentResult]
    private let command: String
    private let form: Form
    private let seconds: Double
    private let explanation: Explanation?

    /// - Parameters:
    ///   - command: repeats what was done.
    ///   - seconds: how long it took in all.
    ///   - explanation: where a terminal shows in full what went over the wire; nil for nowhere.
    package init(
        _ results: [ExperimentResult], repeatedBy command: String, seconds: Double, form: Form,
        explanation: Explanation? = nil
    ) {
        self.explanation = explanation
        self.results = results
        self.seconds = seconds
        self.command = command
        self.form = form
    }

    package func document(host: Host) -> Document {
        var blocks: [Block] = [
            .masthead(LabFirstScreen(results: results, host: host, seconds: seconds).masthead)
        ]
        if results.contains(where: \.wasInterrupted) {
            blocks.append(
                .paragraph(.severity(.notice, "Interrupted: the verdicts use the runs up to then."))
            )
        }
        switch form {
        case .experiments:
            blocks += results.flatMap {
                ExperimentSection($0, isExplained: explanation == .within).blocks
            }
        case .verification: blocks += verification
        }
        if explanation != nil, results.allSatisfy({ ExchangeCharts($0).exchanges.isEmpty }) {
            blocks.append(
                .remark(label: "explain", "This experiment recorded nothing on a wire."))
        }
        blocks.append(.remark(label: "again", .code(command)))
        return Document(title: "tcptune: lab", blocks: blocks)
    }

    private var verification: [Block] {
        var rows: [[Table.Cell]] = []
        for result in results {
            if let reason = result.unavailable {
                rows.append([
                    .phrase(.code(result.name)), .phrase(.quiet("not tested")), .text(reason),
                ])
                continue
            }
            if let failure = result.failure {
                rows.append([
                    .phrase(.code(result.name)), .phrase(.severity(.warning, "failed")),
                    .text(failure),
                ])
                continue
            }
            for (index, claim) in result.claims.enumerated() {
                rows.append([
                    .phrase(index == 0 ? .code(result.name) : ""), .phrase(claim.verdict.phrase),
                    .text(claim.text),
                ])
            }
        }
        return [
            .table(
                Table(
                    "Claims",
                    columns: [
                        Table.Column("experiment"), Table.Column("verdict"),
                        Table.Column("claim", shortening: .wrap(20)),
                    ],
                    rows: rows))
        ]
    }

    /// One `tcptune.lab/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .lab, tool: tool, host: HostJSON(host),
            data: LabJSON(experiments: results, command: command, seconds: seconds),
            notes: results.flatMap { result in result.notes.map { "\(result.name): \($0)" } }
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.lab/1`.
package struct LabJSON: Codable, Sendable {
    package var experiments: [ExperimentResult]
    /// Repeats what was done.
    package var command: String
    /// How long it took in all; experiments may run beside each other.
    package var seconds: Double

    package init(experiments: [ExperimentResult], command: String, seconds: Double) {
        self.experiments = experiments
        self.seconds = seconds
        self.command = command
    }
}

extension Verdict {
    /// The word for people; documents keep the raw value.
    var word: String { self == .proven ? "confirmed" : rawValue }

    /// Distinct without colour, too.
    var phrase: Phrase {
        switch self {
        case .proven: .good(word)
        case .refuted: .severity(.critical, word)
        case .inconclusive: .severity(.warning, word)
        }
    }
}
