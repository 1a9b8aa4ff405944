import Audit
import Model
import Text

/// A page of what an audit's JSON holds: all findings, and the tables as far as they go.
struct SavedAuditPage {
    let audit: SavedAudit
    let file: SavedFile
    let top: Int

    var document: Document {
        let findings = audit.spaces.flatMap(\.findings).map(\.finding)
        let worst = findings.map(\.severity).max()
        let states = audit.spaces.reduce(StateCounts()) { $0 + $1.states }
        var keys = [
            KeyFigure(states.total.grouped, states.total == 1 ? "socket" : "sockets"),
            KeyFigure(states[.timeWait].grouped, "in TIME_WAIT"),
        ]
        if let fullest = audit.fullest {
            keys.insert(
                KeyFigure(fullest.blockedRatio.percent, "of the ports of \(fullest.name) in use"),
                at: 0)
        }
        let time = audit.time.map(UTC.text) ?? ""
        var blocks: [Block] = [
            .masthead(
                Masthead(
                    items: [
                        .strong(file.host.name), "Linux \(file.host.kernel)", Phrase(time),
                        "audit, from \(file.name)",
                    ], severity: worst,
                    verdict: findings.isEmpty
                        ? "No findings." : "\(findings.count.counted("finding")).",
                    keys: keys))
        ]
        for space in audit.spaces {
            if audit.spaces.count > 1 {
                blocks.append(.heading("Network namespace " + space.name, level: 1))
            }
            blocks.append(
                .figures(
                    space.states.present.map { Fact($0.state.name, Phrase($0.count.grouped)) }))
            blocks += space.findings.map { .finding($0.finding) }
            blocks.append(.table(tuples(space)))
        }
        blocks += file.notes.map { .remark(label: "note", Phrase($0)) }
        return Document(title: "\(file.host.name): TCP audit", blocks: blocks)
    }

    private func tuples(_ space: SavedAudit.Space) -> Table {
        Table(
            "Destinations",
            columns: [
                Table.Column("destination"),
                Table.Column("ports", isNumber: true), Table.Column("of", isNumber: true),
                Table.Column("in use", isNumber: true),
            ],
            rows: space.tuples.prefix(top).map {
                [
                    .text($0.name), .count($0.used), .count($0.usable),
                    .text($0.blockedRatio.percent),
                ]
            })
    }
}

extension SavedAudit {
    /// The tuple nearest to the end of its ports.
    var fullest: Space.Tuple? {
        spaces.lazy.flatMap(\.tuples).max { $0.blockedRatio < $1.blockedRatio }
    }
}
