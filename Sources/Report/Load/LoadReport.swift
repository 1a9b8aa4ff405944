import Audit
package import HostState
package import Lab

/// The page of `tcptune load`: how many came through, how fast, and what became of the rest.
package struct LoadReport: Sendable {
    private let plan: LoadPlan
    private let result: LoadResult

    package init(_ plan: LoadPlan, _ result: LoadResult) {
        self.plan = plan
        self.result = result
    }

    package func document(host: Host) -> Document {
        var blocks: [Block] = [
            .heading("load · \(host.name) · Linux \(host.kernel) · \(target)", level: 1)
        ]
        if let void = result.void {
            blocks.append(.paragraph(.severity(.warning, "Void: \(void).")))
        }
        if result.wasInterrupted {
            blocks.append(.paragraph(.severity(.notice, "Interrupted: counted up to then.")))
        }
        blocks.append(.paragraph(verdict))
        blocks.append(.figures(figures))
        if !result.errorsByStage.isEmpty { blocks.append(.table(errors)) }
        if result.total != nil { blocks.append(.table(latencies)) }
        for (name, states) in [("client", result.clientStates), ("server", result.serverStates)] {
            guard let states else { continue }
            blocks.append(
                .figures(
                    [Fact("sockets of the \(name)", Phrase(states.total.grouped))]
                        + states.present.map { Fact($0.state.name, Phrase($0.count.grouped)) }))
        }
        for note in result.notes { blocks.append(.remark(label: "note", Phrase(note))) }
        return Document(title: "tcptune: load", blocks: blocks)
    }

    private var target: String {
        plan.isOwnPair
            ? "own server, own namespaces" : plan.targetNames.joined(separator: ", ")
    }

    private var verdict: Phrase {
        var parts: [Phrase] = [
            .strong("\(result.completed.grouped) of \(result.attempted.grouped) requests answered"),
            Phrase("\(result.ratePerSecond.figure)/s over \(result.seconds.duration)"),
        ]
        let failed = result.attempted - result.completed - result.dropped - result.unfinished
        if failed > 0 { parts.append(.severity(.warning, "\(failed.grouped) failed")) }
        if result.dropped > 0 {
            parts.append(.severity(.warning, "\(result.dropped.grouped) dropped"))
        }
        if result.unfinished > 0 { parts.append("\(result.unfinished.grouped) unfinished") }
        return parts.joined(by: " · ")
    }

    private var figures: [Fact] {
        var facts = [
            Fact("connections", Phrase(result.connections.grouped)),
            Fact("close", Phrase(plan.close.rawValue)),
            Fact("CPU of the client", Phrase(cpu(result.clientCPUSeconds))),
        ]
        if let server = result.serverCPUSeconds {
            facts.append(Fact("of the server", Phrase(cpu(server))))
        }
        for (status, count) in result.statuses.sorted(by: { $0.key < $1.key }) {
            facts.append(Fact("HTTP \(status)", Phrase(count.grouped)))
        }
        return facts
    }

    /// Microseconds a request: a duration of seconds has not the places for it.
    private func cpu(_ seconds: Double) -> String {
        guard result.completed > 0 else { return seconds.duration }
        return "\((seconds * 1e6 / Double(result.completed)).figure) µs a request"
    }

    private var errors: Table {
        var rows: [[Table.Cell]] = []
        for stage in result.errorsByStage.keys.sorted() {
            let kinds = result.errorsByStage[stage] ?? [:]
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
            ("connect", result.connect), ("first byte", result.firstByte), ("total", result.total),
            ("from the intended time", result.fromIntended), ("begun late by", result.lag),
        ]
        let columns = ["p50", "p90", "p99", "p99.9", "most"]
        return Table(
            "Latency",
            columns: [Table.Column("from the beginning to")]
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
            .load, tool: tool, host: HostJSON(host), data: LoadJSON(plan, result),
            notes: result.notes
        ).encoded(pretty: true)
    }
}
