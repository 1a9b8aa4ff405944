import Audit
package import Model
import Text

/// The page of `tcptune prove`: the verdict, the numbers that matter, one picture; then everything it rests on.
package struct ProofReport: Sendable {
    let proof: Proof
    let host: Host
    /// The profile as it was typed.
    let subject: String
    /// What repeats it.
    let command: String

    package init(_ proof: Proof, host: Host, subject: String, command: String) {
        self.proof = proof
        self.host = host
        self.subject = subject
        self.command = command
    }

    /// - Parameter isFull: with every series and every run; a terminal wants the first screen.
    package func document(isFull: Bool) -> Document {
        var blocks: [Block] = [
            .masthead(
                Masthead(
                    items: items, severity: severity, verdict: proof.sentence,
                    keys: metrics.keys, word: word, isVerdictShown: true))
        ]
        if proof.wasInterrupted {
            blocks.append(
                .paragraph(.severity(.notice, "Interrupted: the verdict uses the runs up to then."))
            )
        }
        if let void = proof.void {
            blocks.append(.paragraph(.severity(.warning, "Void: \(void).")))
        }
        if let scale = proof.workload.scale {
            blocks.append(.remark(label: "scaled", Phrase(scale.law)))
        }
        // A terminal shows the end of a page, a browser its beginning.
        if isFull, let next { blocks.append(.remark(label: "next", next)) }
        if !proof.metrics.isEmpty { blocks.append(.table(metrics.table)) }
        let charts = ProofCharts(proof)
        if let chart = charts.main { blocks.append(.chart(chart)) }
        blocks += attribution
        blocks += changes
        if !proof.settings.isEmpty { blocks += method(isFull: isFull) }
        if isFull { blocks += details(charts) }
        blocks += end(isFull: isFull)
        return Document(title: "\(host.name): \(proof.profile.name) proved", blocks: blocks)
    }

    private var metrics: ProofFigures { ProofFigures(proof) }

    private var items: [Phrase] {
        [
            .strong(host.name), "Linux \(host.kernel)", "prove \(proof.profile.name)",
            "workload \(proof.workload.name)",
            proof.settings.isEmpty
                ? ""
                : "\(proof.runs.counted("run")) each in \(proof.seconds.duration)",
        ]
    }

    private var word: String {
        switch proof.verdict {
        case .helps: "helps"
        case .hurts: "hurts"
        case .mixed: "mixed"
        case .noEffect: "no effect"
        case .inconclusive: "inconclusive"
        case .nothingTried: "skipped"
        }
    }

    private var severity: Severity? {
        switch proof.verdict {
        case .helps: nil
        case .hurts, .mixed: .warning
        case .noEffect, .inconclusive, .nothingTried: .notice
        }
    }

    private var attribution: [Block] {
        guard let attribution = proof.attribution else { return [] }
        return [
            .heading("Which setting matters", level: 2), .paragraph(Phrase(attribution.sentence)),
            .table(ProofFigures.table(attribution)),
        ]
    }

    private var changes: [Block] {
        guard !proof.settings.isEmpty else { return [] }
        let rows = proof.settings.map { setting in
            let twin =
                setting.twinBefore == setting.before && setting.twinAfter == setting.after
                ? "the same"
                : "\(Self.shown(setting.twinBefore)) → \(Self.shown(setting.twinAfter))"
            return [
                Table.Cell.phrase(.code(setting.key)), .text(Self.shown(setting.before)),
                .phrase(.strong("→ " + Self.shown(setting.after))), .text(twin),
            ]
        }
        return [
            .table(
                Table(
                    "What was changed",
                    columns: [
                        Table.Column("setting"),
                        Table.Column("before"),
                        Table.Column("after"),
                        Table.Column("in the twin", rank: 1),
                    ],
                    rows: rows))
        ]
    }

    private static func shown(_ value: String) -> String { value.isEmpty ? "(none)" : value }

    private func method(isFull: Bool) -> [Block] {
        let workload = proof.workload
        var facts = [
            Fact("workload", Phrase(workload.text) + .quiet(" · \(workload.reason)"))
        ]
        facts += laws
        facts += workload.assumed.map { Fact("assumed", Phrase($0)) }
        let missing =
            proof.notCarried.isEmpty
            ? "" : "; \(proof.notCarried.count.grouped) more could not be copied"
        facts.append(
            Fact(
                "twin",
                Phrase(
                    "both sides also use \(proof.carried.count.counted("other setting")) of this host\(missing)"
                )))
        if isFull {
            facts.append(
                Fact(
                    "machine",
                    Phrase(
                        "Linux \(host.kernel), \(host.machine), \(host.processors.map { $0.counted("processor") } ?? "unknown number of processors")"
                    )))
        }
        facts.append(
            Fact(
                "runs",
                Phrase(
                    "\(proof.runs) of each in turn, seed \(proof.seed); medians, 95 % bootstrap intervals, rank test corrected for \(proof.metrics.count.counted("quantity", "quantities"))"
                )))
        facts += power
        facts.append(Fact("again", .code(command)))
        return [.heading("How it was measured", level: 2), .facts(facts)]
    }

    /// What the scaling law predicts, and what the twin did.
    private var laws: [Fact] {
        (proof.lawChecks ?? []).map { check in
            let observed = check.observed.map(LawCheck.figure) ?? "not measured"
            let word: Phrase =
                check.holds ? .good("matched") : .severity(.warning, "did not match")
            return Fact(
                "law",
                word
                    + Phrase(
                        ": \(check.text) · predicted \(LawCheck.figure(check.predicted)), observed \(observed)"
                    ))
        }
    }

    /// How small a change so many runs would show.
    private var power: [Fact] {
        let seen = proof.metrics.compactMap { metric in
            metric.seenRatio.map { "of \(metric.title) under \($0.percentUp)" }
        }
        guard !seen.isEmpty else { return [] }
        return [
            Fact(
                "power",
                Phrase(
                    "so many runs would miss a change \(seen.joined(separator: ", ")) (they find larger changes in 4 of 5 proofs)"
                ))
        ]
    }

    private func details(_ charts: ProofCharts) -> [Block] {
        var blocks: [Block] = [.heading("All measurements", level: 1)]
        blocks += charts.effects.map { [.chart($0)] } ?? []
        blocks += charts.others.map { .chart($0) }
        if let flat = charts.flat { blocks.append(.remark(label: "unchanged", flat)) }
        blocks += charts.distributions.map { .chart($0) }
        if !proof.arms.isEmpty { blocks.append(.table(metrics.samples)) }
        if !proof.carried.isEmpty {
            blocks.append(
                .table(
                    Table(
                        "Settings of this host that both sides used",
                        columns: [
                            Table.Column("setting"),
                            Table.Column("value"),
                        ],
                        rows: proof.carried.map {
                            [.phrase(.code($0.key)), .text(Self.shown($0.value))]
                        }, isFolded: true)))
        }
        blocks += Self.listing("Settings of this host that the twin lacks", proof.notCarried)
        return blocks
    }

    private static func listing(_ title: String, _ missing: [MissingValue]) -> [Block] {
        guard !missing.isEmpty else { return [] }
        return [
            .heading(title, level: 2),
            .facts(
                missing.map { item in
                    Fact(item.key, .code(shown(item.value)) + Phrase(" · \(item.why)"))
                }),
        ]
    }

    private func end(isFull: Bool) -> [Block] {
        var blocks = Self.listing("Not tested", proof.notShown)
        blocks += proof.notes.map { .remark(label: "note", Phrase($0)) }
        if !isFull, let next {
            blocks.append(.remark(label: "next", next))
        }
        return blocks
    }

    private var next: Phrase? {
        switch proof.verdict {
        case .helps:
            let attribute =
                Phrase.code("tcptune prove \(subject) --attribute")
                + .quiet(" (which setting matters)")
            let apply = Phrase.code("tcptune apply \(subject)")
            return proof.attribution == nil && proof.settings.count > 1
                ? apply + " · " + attribute : apply
        case .inconclusive: return .code("\(longer)")
        case .noEffect, .hurts, .mixed, .nothingTried: return nil
        }
    }

    private var longer: String {
        "tcptune prove \(subject) --workload \(proof.workload.name) --runs \(proof.runs * 3)"
    }

    /// One `tcptune.prove/1` document.
    package func json(tool: Tool) throws -> String {
        try Envelope(
            .prove, tool: tool, host: HostJSON(host), data: ProofJSON(proof, command),
            notes: proof.notes
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.prove/1`: the proof, and what repeats it.
private struct ProofJSON: Encodable {
    let proof: Proof
    let command: String

    init(_ proof: Proof, _ command: String) {
        self.proof = proof
        self.command = command
    }

    enum CodingKeys: String, CodingKey { case command }

    func encode(to encoder: any Encoder) throws {
        try proof.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
    }
}
