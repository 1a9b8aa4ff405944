/// Findings as rows: how bad, which, on what, the news, since when.
struct FindingsTable {
    let view: WatchView
    let look: Look
    /// Those that pass the filter, and of them those that are laid out.
    private let all: [WatchFinding]
    let findings: [WatchFinding]
    private let selected: Int?

    init(_ view: WatchView, _ rows: WatchRows, look: Look, height: Int) {
        self.view = view
        self.look = look
        all = rows.findings
        (findings, selected) = rows.shown(all, .findings, view.state, height: height)
    }

    func panel(width: Int) -> Panel {
        let open = all.count { $0.severity != .cleared }
        let cleared = all.count - open
        let filter = view.state.filter
        let counts = cleared > 0 ? "\(open) open · \(cleared) cleared" : "\(open) open"
        return Panel(
            title: "findings",
            info: { _ in
                filter.isEmpty
                    ? (all.isEmpty ? "" : counts)
                    : "\(all.count) of \(view.findings.count) with “\(filter)”"
            },
            rows: table.blocks(width: width - Panel.mark).rows,
            empty: filter.isEmpty || view.findings.isEmpty
                ? "no problem found" : "no finding with “\(filter)”",
            selected: selected, isFocused: view.state.focus == .findings, look: look)
    }

    private var table: Table {
        var table = Table(
            leading: [
                TableColumn(parts: [
                    .init(rank: 0, cells: findings.map { .line(severity($0)) }),
                    .init(rank: 1, cells: findings.map { .line(look.line($0.rule)) }),
                ])
            ],
            identities: findings.map { finding in
                RouteText.pieces(
                    finding.subject, look, finding.severity == .cleared ? .plain : .strong)
                    + (finding.owner.map { [look.line($0)] } ?? [])
            },
            trailing: [
                TableColumn(parts: [
                    .init(rank: 0, cells: findings.map { .line(look.line($0.news)) })
                ]),
                TableColumn(parts: [
                    .init(rank: 2, isRight: true, cells: findings.map { .line(age($0)) })
                ]),
            ], look: look)
        table.isJustified = true
        return table
    }

    private func severity(_ finding: WatchFinding) -> Line {
        switch finding.severity {
        case .critical: look.line("CRITICAL", .critical)
        case .warning: look.line("WARNING", .warning)
        case .notice: look.line("NOTICE", .notice)
        case .myth: look.line("MYTH", .myth)
        case .cleared: look.line("CLEARED", .good)
        }
    }

    private func age(_ finding: WatchFinding) -> Line {
        guard let age = finding.age else { return Line() }
        let time = WatchFigures.clock(age)
        return look.line(finding.severity == .cleared ? "\(time) ago" : "since \(time)", .quiet)
    }
}
