import Model
import Text

/// The rows of the three tables, filtered and in the order in which they are shown.
package struct WatchRows: Sendable {
    package let findings: [WatchFinding]
    package let tuples: [WatchTuple]
    package let listeners: [WatchListener]

    package init(_ view: WatchView) {
        let filter = view.state.filter.lowercased()
        func passes(_ texts: @autoclosure () -> [String?]) -> Bool {
            filter.isEmpty || texts().contains { $0?.lowercased().contains(filter) == true }
        }
        findings = view.findings
            .filter { passes([$0.rule, $0.subject, $0.owner, $0.news]) }
            .sorted { ($0.severity.rawValue, $0.id) < ($1.severity.rawValue, $1.id) }
        tuples = view.tuples
            .filter { passes([$0.route, $0.owner?.name, $0.owner?.unit]) }
            .sorted(by: Self.order(view.state.tupleSort))
        listeners = view.listeners
            .filter { passes([$0.address, $0.owner?.name, $0.owner?.unit]) }
            .sorted(by: Self.order(view.state.listenerSort))
    }

    package func ids(_ panel: WatchPanel) -> [String] {
        switch panel {
        case .findings: findings.map(\.id)
        case .tuples: tuples.map(\.id)
        case .listeners: listeners.map(\.id)
        }
    }

    /// Where the selected row of a table is: its neighbour's place where it is gone, nil where there is none.
    package func place(of selection: WatchState.Selection, in panel: WatchPanel) -> Int? {
        let ids = ids(panel)
        guard !ids.isEmpty else { return nil }
        return selection.id.flatMap { ids.firstIndex(of: $0) }
            ?? min(max(selection.place, 0), ids.count - 1)
    }

    /// As many rows of a table as a screen could show, with the selected one among them, and its place there.
    ///
    /// To lay out hundreds of rows for the twenty that are seen would take most of what the screen costs.
    func shown<Row>(
        _ rows: [Row], _ panel: WatchPanel, _ state: WatchState, height: Int
    ) -> (rows: [Row], selected: Int?) {
        guard let place = place(of: state[panel], in: panel) else { return ([], nil) }
        let start = max(place - height + 1, 0)
        return (Array(rows[start..<min(start + height, rows.count)]), place - start)
    }

    private static func order(_ sort: TupleSort) -> (WatchTuple, WatchTuple) -> Bool {
        func byShare(_ one: WatchTuple, _ other: WatchTuple) -> Bool {
            one.share != other.share ? one.share > other.share : byName(one, other)
        }
        func byName(_ one: WatchTuple, _ other: WatchTuple) -> Bool {
            one.destination != other.destination
                ? NaturalOrder.isBefore(one.destination, other.destination)
                : one.source != other.source
                    ? NaturalOrder.isBefore(one.source, other.source) : one.id < other.id
        }
        switch sort {
        case .fullIn:
            return { one, other in
                let (first, second) = (one.fullIn ?? .infinity, other.fullIn ?? .infinity)
                return first != second ? first < second : byShare(one, other)
            }
        case .used: return byShare
        case .closed:
            return { one, other in
                let (first, second) = (one.closedPerSecond ?? -1, other.closedPerSecond ?? -1)
                return first != second ? first > second : byShare(one, other)
            }
        case .destination: return byName
        }
    }

    private static func order(_ sort: ListenerSort) -> (WatchListener, WatchListener) -> Bool {
        func byName(_ one: WatchListener, _ other: WatchListener) -> Bool {
            one.address != other.address
                ? NaturalOrder.isBefore(one.address, other.address) : one.id < other.id
        }
        func byQueue(_ one: WatchListener, _ other: WatchListener) -> Bool {
            let (first, second) = (one.share ?? 0, other.share ?? 0)
            if first != second { return first > second }
            return one.queue != other.queue ? one.queue > other.queue : byName(one, other)
        }
        switch sort {
        case .queue: return byQueue
        case .drops:
            return { one, other in
                let (first, second) = (one.dropsPerSecond ?? -1, other.dropsPerSecond ?? -1)
                return first != second ? first > second : byQueue(one, other)
            }
        case .address: return byName
        }
    }
}
