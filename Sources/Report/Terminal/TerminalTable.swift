import Text

/// A table in a terminal's width.
///
/// Optional columns give way first, then rows are stacked; what is shown is shown whole.
struct TerminalTable {
    private let table: Table
    private let lines: TerminalLines
    /// By column: the widest of its cells, within what is worth padding others to.
    private let naturalWidths: [Int]

    private static let gap = 2
    private static let barPlaces = 12
    /// A longer cell makes its own row longer, and no other: a value of a mebibyte is not padded to.
    private static let widestPadded = 120

    init(table: Table, lines: TerminalLines) {
        self.table = table
        self.lines = lines
        naturalWidths = table.columns.indices.map { index in
            let widest = table.rows.reduce(table.columns[index].name.places) { widest, row in
                max(widest, Self.width(of: row[index]))
            }
            return min(widest, Self.widestPadded)
        }
    }

    func rendered() -> [String] {
        var text: [String] = []
        if !table.title.isEmpty { text += lines.set(.strong(table.title)) }
        if let columns = chosenColumns() ?? columnsWithLongNames() {
            let header = columns.map { (Phrase.quiet(table.columns[$0.index].name), $0) }
            text += row(header.map { (.phrase($0.0), $0.1) })
            for cells in table.rows {
                var cells = columns.map { (cells[$0.index], $0) }
                if let first = cells.first, Self.width(of: first.0) > first.1.width {
                    // A name that its column cannot hold has a line of its own.
                    text.append("  " + drawn(first.0).painted)
                    cells[0].0 = .phrase("")
                }
                text += row(cells)
            }
        } else {
            text += table.rows.flatMap(stacked)
        }
        if !table.note.isEmpty { text += lines.set(table.note, lead: "  ", indent: 2) }
        return text
    }

    private struct Place {
        var index: Int
        var width: Int
    }

    /// Which columns are shown, and how wide: all as they are, else fewer; nil where even those that always stay do not fit.
    private func chosenColumns() -> [Place]? {
        var indices = Array(table.columns.indices)
        while true {
            if let fitted = fitted(indices.map { Place(index: $0, width: naturalWidths[$0]) }) {
                return fitted
            }
            // Those that hold nothing go before those that hold something, the least wanted first.
            let optional = indices.filter { table.columns[$0].rank > 0 }
            guard
                let worst = optional.max(by: {
                    (isEmpty($0) ? 1 : 0, table.columns[$0].rank, $0)
                        < (isEmpty($1) ? 1 : 0, table.columns[$1].rank, $1)
                })
            else { return nil }
            indices.removeAll { $0 == worst }
        }
    }

    /// Those that always stay, the first as wide as there is room for, where that holds half of its cells.
    private func columnsWithLongNames() -> [Place]? {
        let kept = table.columns.indices.filter { table.columns[$0].rank == 0 || $0 == 0 }
        guard kept.count > 1 else { return nil }
        let others = kept.dropFirst().map { Place(index: $0, width: naturalWidths[$0]) }
        let room = lines.tableWidth - total([Place(index: 0, width: 0)] + others)
        let short = table.rows.count { Self.width(of: $0[0]) <= room }
        guard short * 2 >= table.rows.count, room >= table.columns[0].name.places else {
            return nil
        }
        let widest = table.rows.map { Self.width(of: $0[0]) }.filter { $0 <= room }.max() ?? room
        return [Place(index: 0, width: max(widest, table.columns[0].name.places))] + others
    }

    private func isEmpty(_ index: Int) -> Bool {
        table.rows.allSatisfy { row in
            guard case .phrase(let phrase) = row[index] else { return false }
            return ["", "-"].contains(phrase.plain)
        }
    }

    /// As they are, or with a last column of sentences that wraps; nil where that is not enough.
    private func fitted(_ columns: [Place]) -> [Place]? {
        var columns = columns
        let excess = total(columns) - lines.tableWidth
        guard excess > 0 else { return columns }
        guard let last = columns.indices.last,
            case .wrap(let places) = table.columns[columns[last].index].shortening,
            columns[last].width - excess >= places
        else { return nil }
        columns[last].width -= excess
        return columns
    }

    private func total(_ columns: [Place]) -> Int {
        2 + columns.reduce(0) { $0 + $1.width } + Self.gap * max(columns.count - 1, 0)
    }

    private static func width(of cell: Table.Cell) -> Int {
        switch cell {
        case .phrase(let phrase): TerminalText.escaped(phrase.plain).places
        case .bar: barPlaces
        }
    }

    private func row(_ cells: [(Table.Cell, Place)]) -> [String] {
        var line = "  "
        for (number, (cell, place)) in cells.enumerated() {
            let isLast = number == cells.count - 1
            if isLast, case .phrase(let phrase) = cell,
                case .wrap = table.columns[place.index].shortening
            {
                let before = total(cells.dropLast().map(\.1)) + (number > 0 ? Self.gap : 0)
                let indent = String(repeating: " ", count: before)
                let broken = TerminalLines(width: place.width, colour: lines.colour).set(phrase)
                return broken.enumerated().map { ($0.offset == 0 ? line : indent) + $0.element }
            }
            let text = drawn(cell)
            let filler = String(repeating: " ", count: max(place.width - text.places, 0))
            let isNumber = table.columns[place.index].isNumber
            line += isNumber ? filler + text.painted : text.painted
            if isLast { continue }
            if !isNumber { line += filler }
            line += String(repeating: " ", count: Self.gap)
        }
        return [line]
    }

    /// A row as a paragraph: its first cell alone, then each other with its column's name before it.
    private func stacked(_ cells: [Table.Cell]) -> [String] {
        guard let first = cells.first else { return [] }
        var text = ["  " + drawn(first).painted]
        var line = ""
        var used = 0
        func finish() {
            if used > 0 { text.append("    " + line) }
            (line, used) = ("", 0)
        }
        for (cell, column) in zip(cells, table.columns).dropFirst() {
            guard case .phrase(let phrase) = cell, !["", "-"].contains(phrase.plain) else {
                continue
            }
            let name = column.name.isEmpty ? Phrase() : Phrase.quiet(column.name) + " "
            if case .wrap = column.shortening {
                finish()
                text += lines.set(name + phrase, lead: "    ", indent: 6)
                continue
            }
            let item = drawn(.phrase(name + phrase))
            if used > 0, 4 + used + 3 + item.places > lines.tableWidth { finish() }
            line += (used > 0 ? "   " : "") + item.painted
            used += (used > 0 ? 3 : 0) + item.places
        }
        finish()
        return text
    }

    private func drawn(_ cell: Table.Cell) -> (painted: String, places: Int) {
        switch cell {
        case .bar(let bar):
            let text = Self.blocks(bar.filled, places: Self.barPlaces)
            return (lines.painted(text, .quiet), text.places)
        case .phrase(let phrase):
            let painted = phrase.spans
                .map { lines.painted(TerminalText.escaped($0.text), $0.style) }.joined()
            return (painted, TerminalText.escaped(phrase.plain).places)
        }
    }

    /// A bar in eighths of a place; an empty rest is dotted so that the whole is seen.
    static func blocks(_ share: Double, places: Int) -> String {
        let eighths = Int((min(max(share, 0), 1) * Double(places * 8)).rounded())
        let parts = Array("▏▎▍▌▋▊▉")
        var text = String(repeating: "█", count: eighths / 8)
        if eighths % 8 > 0 { text.append(parts[eighths % 8 - 1]) }
        return text + String(repeating: "·", count: max(places - text.count, 0))
    }
}
