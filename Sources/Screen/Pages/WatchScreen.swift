import Text

/// Lays a view out: the head, the tables or a page in their place, and the keys in the last line.
struct WatchScreen {
    let view: WatchView
    let size: FrameSize
    let look: Look
    private let rows: WatchRows
    private(set) var lastScroll = 0
    /// Whether the findings are on the screen.
    private var hasFindings = false

    init(view: WatchView, size: FrameSize, look: Look) {
        self.view = view
        self.size = size
        self.look = look
        rows = WatchRows(view)
    }

    /// From here on there is room for states over time, and for a detail beneath the tables.
    private static let wide = FrameSize(rows: 30, columns: 120)
    private var isWide: Bool {
        size.rows >= Self.wide.rows && size.columns >= Self.wide.columns
    }
    private var width: Int { size.columns }

    mutating func drawn() -> Frame {
        let end = notice + [KeysLine(view: view, look: look).line(width: width)]
        // The keys come before the head where there is not room for both.
        let room = max(size.rows - end.count, 0)
        let body = body(height: max(room - head(summary: Line()).count, 0))
        let head = head(summary: hasFindings ? Line() : summary)
        var frame = Frame(size)
        for (row, line) in (head.prefix(room - body.count) + body + end).enumerated() {
            frame.draw(line, row: row)
        }
        return frame
    }

    /// Never more than a quarter of the screen.
    private var notice: [Line] {
        guard let notice = view.notice, size.rows >= 4 else { return [] }
        let lines = look.line(notice, .warning).wrapped(to: width)
        return lines.count <= size.rows / 4
            ? lines : [look.line("sample incomplete", .warning).prefix(width)]
    }

    /// Fewer lines where the screen is low.
    private func head(summary: Line) -> [Line] {
        let lines = HeadLines(view: view, look: look, summary: summary)
        let first = lines.first(width: width)
        if isWide { return first }
        if size.rows < 8 { return Array(first.suffix(1)) }
        let counts = lines.counts(width: width)
        return size.rows < 16 ? first + counts : first + counts + [lines.rates(width: width)]
    }

    /// How many findings are open, in the colour of the worst.
    private var summary: Line {
        let open = view.findings.filter { $0.severity != .cleared }
        guard let worst = open.map(\.severity.rawValue).min() else { return Line() }
        let style: Style = worst == 0 ? .critical : worst == 1 ? .warning : .notice
        return look.line(open.count.counted("finding"), style)
    }

    private mutating func body(height: Int) -> [Line] {
        guard let page = view.state.page else { return tables(height: height) }
        let text: [Line]
        switch page {
        case .detail(let subject):
            text = DetailLines(view: view, rows: rows, look: look).lines(subject, width: width)
            let pane = min(text.count + 1, height / 2)
            if isWide {
                return tables(height: height - pane, isWithDetail: true)
                    + scrolled(text, height: pane, title: "in detail")
            }
        case .explanation:
            text =
                view.explanation.map { TextLines(text: $0, look: look).lines(width: width) }
                ?? look.line("Nothing is known of it.", .quiet).wrapped(to: width)
        }
        let title = if case .detail = page { "in detail" } else { "explained" }
        return scrolled(text, height: height, title: title)
    }

    /// As much of a text as there is room for.
    private mutating func scrolled(_ text: [Line], height: Int, title: String) -> [Line] {
        let hasRule = height > 3
        let room = max(height - (hasRule ? 1 : 0), 0)
        lastScroll = max(text.count - room, 0)
        let start = min(max(view.state.scroll, 0), lastScroll)
        let shown = text[start..<min(start + room, text.count)]
        let info =
            lastScroll > 0 ? "lines \(start + 1)-\(start + shown.count) of \(text.count)" : ""
        let rule = Rule(title: title, info: info, isStrong: true, look: look)
        let lines = (hasRule ? [rule.line(width: width)] : []) + shown
        return lines + Array(repeating: Line(), count: max(height - lines.count, 0))
    }

    private mutating func tables(height: Int, isWithDetail: Bool = false) -> [Line] {
        let side = isWide ? SideBySide(view: view, look: look, width: width) : nil
        let findings = FindingsTable(view, rows, look: look, height: size.rows)
            .panel(width: side?.leftWidth ?? width)
        let top = (side?.lines(findings: findings, isBrief: isWithDetail) ?? []).prefix(height)
        var panels: [WatchPanel: Panel] = side == nil ? [.findings: findings] : [:]
        // A detail takes the place of the table that is not looked into.
        if !isWithDetail || view.state.focus != .listeners {
            panels[.tuples] = TuplesTable(view, rows, look: look, height: size.rows)
                .panel(width: width)
        }
        if !isWithDetail || view.state.focus == .listeners {
            panels[.listeners] = ListenersTable(view, rows, look: look, height: size.rows)
                .panel(width: width)
        }
        let heights = Heights(
            room: height - top.count,
            needs: panels.mapValues { .init(least: $0.least, most: $0.height) },
            focus: view.state.focus)
        hasFindings = side != nil || heights.lines[.findings] != nil
        return top
            + WatchPanel.allCases.flatMap { panel in
                panels[panel]?.lines(height: heights.lines[panel] ?? 0, width: width) ?? []
            }
    }
}
