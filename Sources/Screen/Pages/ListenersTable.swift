import Text

/// Listeners as rows: how full their queues are, what they drop, what limits them.
struct ListenersTable {
    let view: WatchView
    let look: Look
    /// Those that pass the filter, and of them those that are laid out.
    private let all: [WatchListener]
    let listeners: [WatchListener]
    private let selected: Int?

    init(_ view: WatchView, _ rows: WatchRows, look: Look, height: Int) {
        self.view = view
        self.look = look
        all = rows.listeners
        (listeners, selected) = rows.shown(all, .listeners, view.state, height: height)
    }

    func panel(width: Int) -> Panel {
        let total = view.listenerCount ?? view.listeners.count
        let filter = view.state.filter
        return Panel(
            title: "listeners", order: "by \(view.state.listenerSort.words)",
            info: { shown in
                filter.isEmpty
                    ? total > 0 ? "\(shown.grouped) of \(total.grouped)" : ""
                    : "\(all.count) of \(view.listeners.count) with “\(filter)”"
            },
            rows: table.blocks(width: width - Panel.mark).rows,
            empty: filter.isEmpty || total == 0
                ? "nobody listens" : "no listener with “\(filter)”",
            selected: selected, isFocused: view.state.focus == .listeners, look: look)
    }

    private var table: Table {
        Table(
            identities: listeners.map { [look.line($0.address)] },
            trailing: [owner, queue, drops, limit], look: look)
    }

    private func cells(_ words: (WatchListener) -> String, _ style: Style = .plain) -> [TableCell] {
        listeners.map { .line(look.line(words($0), style)) }
    }

    private var owner: TableColumn {
        TableColumn(parts: [
            .init(
                rank: 3,
                cells: listeners.contains { $0.owner != nil }
                    ? cells { OwnerName.short($0.owner) } : cells { _ in "" })
        ])
    }

    private var queue: TableColumn {
        TableColumn(parts: [
            .init(
                rank: 0, isRight: true,
                cells: cells { "\($0.queue.grouped)/\($0.backlog?.grouped ?? "-")" }),
            .init(
                rank: 4, room: 6...20,
                cells: listeners.map { listener in
                    let share = listener.share ?? 0
                    let style: Style = share >= 1 ? .critical : share >= 0.5 ? .warning : .code
                    return .bar(Bar(share), style)
                }),
            .init(
                rank: 1, isRight: true,
                cells: cells { $0.share.map(WatchFigures.share) ?? "-" }),
        ])
    }

    private var drops: TableColumn {
        TableColumn(parts: [
            .init(
                rank: 0, isRight: true,
                cells: listeners.map { listener in
                    let drops = listener.dropsPerSecond
                    return .line(
                        look.line(
                            drops.map { WatchFigures.rate($0) + " dropped/s" } ?? "",
                            (drops ?? 0) > 0 ? .critical : .quiet))
                })
        ])
    }

    private var limit: TableColumn {
        TableColumn(parts: [
            .init(rank: 5, cells: cells({ $0.limitedBy.map { "limit: \($0)" } ?? "" }, .quiet))
        ])
    }
}
