import Audit
package import Model
import Text

/// The page of `tcptune load`: how many came through, how fast, and what became of the rest.
package struct LoadReport: Sendable {
    private let run: LoadJSON
    private let notes: [String]

    /// - Parameters:
    ///   - recorded: a run that was just made, or read from a file and found plausible.
    ///   - notes: what is to be known of how it was measured.
    package init(recorded: LoadJSON, notes: [String]) {
        run = recorded
        self.notes = notes
    }

    package func document(host: Host) -> Document {
        var blocks: [Block] = [
            .masthead(
                Masthead(
                    items: [
                        .strong(host.name), "Linux \(host.kernel)", "load", Phrase(target),
                        Phrase(
                            run.runs.map {
                                "\($0.count.counted("run")), \(run.seconds.duration) in total"
                            }
                                ?? run.seconds.duration),
                    ],
                    severity: run.void != nil || failed > 0 || run.dropped > 0
                        || !refusals.isEmpty ? .warning : nil,
                    verdict: sentence, keys: keys, word: word))
        ]
        if let void = run.void {
            blocks.append(.paragraph(.severity(.warning, "Void: \(void).")))
        }
        if let warning = run.tls.flatMap({ LoadTLSReport($0, run).warning }) {
            blocks.append(warning)
        }
        if run.interrupted {
            blocks.append(
                .paragraph(
                    .severity(.notice, "Interrupted: the numbers count requests up to then.")))
        }
        blocks += LoadCharts(run).charts.map { .chart($0) }
        blocks.append(.figures(figures))
        if !run.errorsByStage.isEmpty { blocks.append(.table(errors)) }
        if run.latencySeconds.total != nil { blocks.append(.table(latencies)) }
        if let runs = run.runs { blocks.append(.table(Self.table(runs))) }
        for name in ["client", "server"] {
            guard let states = run.states[name] else { continue }
            blocks.append(
                .figures(
                    [Fact("sockets of the \(name)", Phrase(states.total.grouped))]
                        + states.present.map { Fact($0.state.name, Phrase($0.count.grouped)) }))
        }
        if let tls = run.tls { blocks += LoadTLSReport(tls, run).blocks }
        for note in notes { blocks.append(.remark(label: "note", Phrase(note))) }
        return Document(title: "tcptune: load", blocks: blocks)
    }

    private var target: String {
        run.settings.target.isEmpty
            ? "tcptune's own server, private namespaces"
            : run.settings.target.joined(separator: ", ")
    }

    private var failed: Int { run.attempted - run.completed - run.dropped - run.unfinished }

    /// Responses that refuse, or say that the server failed.
    private var refusals: [(status: String, count: Int)] {
        ["4xx", "5xx"].compactMap { status in
            run.statuses[status].flatMap { $0 > 0 ? (status, $0) : nil }
        }
    }

    private var word: String {
        if run.completed == 0, failed > 0 { return "failed" }
        if run.void != nil { return "void" }
        if failed > 0 { return "failures" }
        if !refusals.isEmpty { return "refused" }
        return run.dropped > 0 ? "dropped" : "answered"
    }

    private var sentence: String {
        let refused = refusals.reduce(0) { $0 + $1.count }
        var parts = [
            "\((run.completed - refused).grouped) of \(run.attempted.grouped) requests answered"
        ]
        parts += refusals.map { "\($0.count.grouped) got HTTP \($0.status)" }
        if failed > 0 { parts.append("\(failed.grouped) failed") }
        if run.dropped > 0 { parts.append("\(run.dropped.grouped) dropped") }
        if run.unfinished > 0 { parts.append("\(run.unfinished.grouped) unfinished") }
        return parts.joined(separator: ", ") + "."
    }

    private var keys: [KeyFigure] {
        let isRefused = !refusals.isEmpty
        var keys = [
            KeyFigure(
                run.ratePerSecond.figure + "/s", isRefused ? "responses" : "requests answered")
        ]
        if let tls = run.tls {
            keys.append(KeyFigure(tls.handshakesPerSecond.figure + "/s", "TLS handshakes"))
        }
        if let total = run.latencySeconds.total {
            keys.append(KeyFigure(total.p50.latency, "p50 of a request"))
        }
        if let (name, count) = run.errors.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
            count > 0
        {
            keys.append(KeyFigure(count.grouped, "times \(name)", severity: .warning))
        } else if let total = run.latencySeconds.total {
            keys.append(KeyFigure(total.p99.latency, "p99 of a request"))
        }
        return keys
    }

    private var figures: [Fact] {
        var facts = [
            Fact("connections", Phrase(run.connections.grouped)),
            Fact("close", Phrase(run.settings.close)),
            Fact("client CPU", Phrase(cpu(run.cpuSeconds.client))),
        ]
        if let server = run.cpuSeconds.server {
            facts.append(Fact("server CPU", Phrase(cpu(server))))
        }
        for (status, count) in run.statuses.sorted(by: { $0.key < $1.key }) {
            facts.append(Fact("HTTP \(status)", Phrase(count.grouped)))
        }
        if !run.statuses.isEmpty, let bytes = run.bodyBytes {
            facts.append(Fact("body bytes", Phrase(bytes.grouped)))
        }
        if let waited = run.hindrance?.clientWaited, run.seconds > 0 {
            let share = waited / run.seconds / Double(max(run.settings.threads, 1))
            facts.append(Fact("client waited for a processor", Phrase(share.percent)))
        }
        return facts
    }

    /// Microseconds a request: a duration of seconds has not the places for it.
    private func cpu(_ seconds: Double) -> String {
        guard run.completed > 0 else { return seconds.duration }
        return "\((seconds * 1e6 / Double(run.completed)).figure) µs per request"
    }

    private static func table(_ runs: [LoadRunJSON]) -> Table {
        Table(
            "Every run",
            columns: [
                Table.Column("run", isNumber: true), Table.Column("answered", isNumber: true),
                Table.Column("of", isNumber: true), Table.Column("per second", isNumber: true),
                Table.Column("p50", isNumber: true), Table.Column("p99", isNumber: true),
                Table.Column("void", rank: 1),
            ],
            rows: runs.enumerated().map { place, run in
                [
                    .count(place + 1), .count(run.completed), .count(run.attempted),
                    .text(run.ratePerSecond.figure),
                    .text(run.latencySeconds.total?.p50.latency),
                    .text(run.latencySeconds.total?.p99.latency), .text(run.void ?? ""),
                ]
            })
    }

    private var errors: Table {
        var rows: [[Table.Cell]] = []
        for stage in run.errorsByStage.keys.sorted() {
            let kinds = run.errorsByStage[stage] ?? [:]
            for (name, count) in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                rows.append([.text(stage), .phrase(.code(name)), .count(count)])
            }
        }
        return Table(
            "Errors",
            columns: [
                Table.Column("at"), Table.Column("error"), Table.Column("times", isNumber: true),
            ],
            rows: rows)
    }

    private var latencies: Table {
        let kinds: [(String, Latency?)] = [
            ("connect", run.latencySeconds.connect),
            ("TLS handshake, after connect", run.latencySeconds.handshake),
            ("first byte", run.latencySeconds.firstByte), ("total", run.latencySeconds.total),
            ("total, from the intended start", run.latencySeconds.fromIntended),
            ("start delay", run.latencySeconds.lag),
        ]
        let columns = ["p50", "p90", "p99", "p99.9", "max"]
        return Table(
            "Latency",
            columns: [Table.Column("from the start to")]
                + columns.map { Table.Column($0, isNumber: true) },
            rows: kinds.compactMap { name, latency in
                guard let latency else { return nil }
                return [Table.Cell.text(name)]
                    + [latency.p50, latency.p90, latency.p99, latency.p999, latency.maximum].map {
                        .text($0.latency)
                    }
            })
    }

    /// One `tcptune.load/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .load, tool: tool, host: HostJSON(host), data: run, notes: notes
        ).encoded(pretty: true)
    }
}
