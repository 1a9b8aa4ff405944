import Model
import Text

/// Tuples as rows: how many of their ports are in use, how fast they close, when they are full, whose they are.
struct TuplesTable {
    let view: WatchView
    let look: Look
    /// Those that pass the filter, and of them those that are laid out.
    private let all: [WatchTuple]
    let tuples: [WatchTuple]
    private let selected: Int?

    init(_ view: WatchView, _ rows: WatchRows, look: Look, height: Int) {
        self.view = view
        self.look = look
        all = rows.tuples
        (tuples, selected) = rows.shown(all, .tuples, view.state, height: height)
    }

    func panel(width: Int) -> Panel {
        let total = view.tuples.count + (view.otherTuples?.count ?? 0)
        let filter = view.state.filter
        let room = width - Panel.mark
        var (titles, rows) = table(isTitled: true).blocks(width: room)
        // Without titles the figures carry words.
        if titles == nil { rows = table(isTitled: false).blocks(width: room).rows }
        // The others are no row to stand on, and of no use without their figures.
        let last = others == nil ? nil : rows.popLast()?.first
        let hasFigures = others.map { last?.text.contains($0.used.grouped) ?? false } ?? false
        return Panel(
            title: "tuples", order: "by \(view.state.tupleSort.words)",
            info: { shown in
                filter.isEmpty
                    ? total > 0 ? "\(shown.grouped) of \(total.grouped) · / filter" : ""
                    : "\(all.count.grouped) of \(view.tuples.count.grouped) with “\(filter)”"
            },
            titles: titles, rows: rows, footer: hasFigures ? last : nil,
            empty: filter.isEmpty || total == 0
                ? "no outgoing connections" : "no tuple with “\(filter)”",
            selected: selected, isFocused: view.state.focus == .tuples, look: look)
    }

    /// Above which share of the ports connect() becomes slow, and above which it is about to fail.
    static let slow = 0.5
    static let full = 0.95

    static func style(_ share: Double) -> Style {
        share >= full ? .critical : share >= slow ? .warning : .code
    }

    /// All of them share the range of ports, as a rule; then the title says how many there are.
    var usable: Int? {
        let usable = Set(all.map(\.usable))
        return usable.count == 1 ? usable.first : nil
    }

    private var others: WatchOthers? { view.state.filter.isEmpty ? view.otherTuples : nil }

    private func table(isTitled: Bool) -> Table {
        var table = Table(
            identities: tuples.map { RouteText.pieces($0.source, $0.destination, look) }
                + (others.map { [[look.line("other (\($0.count.grouped))", .quiet)]] } ?? []),
            trailing: [
                used(isTitled), closed(isTitled), timeWait, closedHere, roundTrip,
                fullIn(isTitled), owner,
            ], look: look)
        if isTitled {
            table.title = look.line("source → destination", .quiet)
        } else {
            for index in table.trailing.indices { table.trailing[index].titles = [] }
        }
        return table
    }

    /// A column's cells, with what the row of the others has there.
    func cells(
        _ tuple: (WatchTuple) -> TableCell, others other: (WatchOthers) -> String = { _ in "" }
    ) -> [TableCell] {
        tuples.map(tuple) + (others.map { [.line(look.line(other($0)))] } ?? [])
    }

    func text(_ text: @escaping (WatchTuple) -> String) -> (WatchTuple) -> TableCell {
        { .line(look.line(text($0))) }
    }

    /// A title, and a shorter one that takes its place from a rank on.
    func titles(_ words: String, _ rank: Int = 0, short: String = "") -> [TableColumn.Title] {
        [.init(rank: rank, line: look.line(words, .quiet))]
            + (rank > 0 ? [.init(rank: 0, line: look.line(short, .quiet))] : [])
    }
}
