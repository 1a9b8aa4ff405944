/// Rows with an identity that is never cut: optional columns give way first, then a row takes more lines than one.
struct Table {
    /// Before the identity; only what has rank 0 there when a row takes more lines than one.
    var leading: [TableColumn] = []
    /// The title above the identities; empty where the table has no titles.
    var title = Line()
    /// The identity of each row, in pieces between which it may be parted.
    var identities: [[Line]]
    /// Behind the identity.
    var trailing: [TableColumn]
    /// Whether the last column stands at the right edge, whatever room is left before it.
    var isJustified = false
    let look: Look

    static let gap = 2

    /// The rows as blocks of lines, and the line of titles above them; no titles where every row takes more lines than one.
    func blocks(width: Int) -> (titles: Line?, rows: [[Line]]) {
        let lengths = identities.map { $0.joined(by: .blank(1)).width }
        let most = width - layout(0).width
        // One long identity must not take the columns from all others: its row takes more lines.
        guard let widest = lengths.filter({ $0 <= most }).max() else {
            return (nil, identities.indices.map { stacked($0, width) })
        }
        let hasTitles = !title.isEmpty && title.width <= most
        let least = max(widest, hasTitles ? title.width : 0)
        let layout = (richest { $0.width + least <= width } ?? layout(0))
            .fitted(to: width - least)
        let room = isJustified ? width - layout.width : least
        let rows = identities.indices.map { row in
            guard lengths[row] <= most else {
                return named(row, width) + [layout.line(row: row, beneath: room)]
            }
            let identity = identities[row].joined(by: .blank(1)).padded(to: room)
            return [layout.line(row: row, identity: identity)]
        }
        return (hasTitles ? layout.titles(identity: title.padded(to: room)) : nil, rows)
    }

    private func layout(_ rank: Int) -> TableLayout {
        TableLayout(leading: leading, trailing: trailing, rank: rank, look: look)
    }

    /// The layout with the most columns that suits.
    private func richest(_ suits: (TableLayout) -> Bool) -> TableLayout? {
        let columns = leading + trailing
        let ranks = Set(columns.flatMap { $0.parts.map(\.rank) + $0.titles.map(\.rank) } + [0])
            .sorted(by: >)
        return ranks.lazy.map(layout).first(where: suits)
    }

    /// The identity in as many lines as it needs, then the columns beneath it.
    private func stacked(_ row: Int, _ width: Int) -> [Line] {
        var table = self
        table.leading = []
        table.trailing = trailing.map { $0.only(row: row) }
        // There is no gap before the first column.
        let room = width + Self.gap
        if let layout = table.richest({ $0.width <= room }) {
            return named(row, width) + [layout.fitted(to: room).line(row: 0, beneath: -Self.gap)]
        }
        return named(row, width)
            + table.trailing.compactMap { $0.reduced(to: 0) }.flatMap { column in
                column.line(row: 0, widths: column.parts.map(\.width), look: look)
                    .wrapped(to: width)
            }
    }

    /// What is never left out of a row.
    private func named(_ row: Int, _ width: Int) -> [Line] {
        let lead = leading.compactMap { $0.reduced(to: 0) }.map { column in
            column.line(row: row, widths: column.parts.map(\.width), look: look)
        }
        return (lead + identities[row]).stacked(to: width)
    }
}
