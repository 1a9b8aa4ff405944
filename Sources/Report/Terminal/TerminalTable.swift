import Text

/// A table in a terminal's width: columns give way in length, then in number.
struct TerminalTable {
    private let table: Table
    private let lines: TerminalLines
    /// By column: the widest of its cells, at most a line: a value of a mebibyte takes no more steps than one of a line.
    private let naturalWidths: [Int]

    private static let gap = 2
    private static let barPlaces = 12

    init(table: Table, lines: TerminalLines) {
        self.table = table
        self.lines = lines
        naturalWidths = table.columns.indices.map { index in
            let widest = table.rows.reduce(table.columns[index].name.places) { widest, row in
                max(widest, Self.width(of: row[index]))
            }
            return min(widest, lines.width)
        }
    }

    func rendered() -> [String] {
        let columns = chosenColumns()
        var text: [String] = []
        if !table.title.isEmpty {
            text.append(lines.painted(TerminalText.escaped(table.title), .strong))
        }
        let header = columns.map { (Phrase.quiet(table.columns[$0.index].name), $0) }
        text += row(header.map { (.phrase($0.0), $0.1) })
        for cells in table.rows { text += row(columns.map { (cells[$0.index], $0) }) }
        if !table.note.isEmpty { text += lines.set(table.note, lead: "  ", indent: 2) }
        return text
    }

    private struct Place {
        var index: Int
        var width: Int
    }

    /// Which columns are shown, and how wide: all as they are, else shortened, else fewer.
    private func chosenColumns() -> [Place] {
        var indices = Array(table.columns.indices)
        while true {
            let natural = indices.map { Place(index: $0, width: naturalWidths[$0]) }
            if let fitted = fitted(natural) { return fitted }
            let worst = indices.max {
                (table.columns[$0].rank, $0) < (table.columns[$1].rank, $1)
            }
            guard let worst, table.columns[worst].rank > 0 else { return squeezed(natural) }
            indices.removeAll { $0 == worst }
        }
    }

    private func fitted(_ columns: [Place]) -> [Place]? {
        var columns = columns
        var excess = total(columns) - lines.width
        while excess > 0 {
            let widest = columns.indices
                .filter { columns[$0].width > shortest(columns[$0].index) }
                .max { columns[$0].width < columns[$1].width }
            guard let widest else { return nil }
            columns[widest].width -= 1
            excess -= 1
        }
        return columns
    }

    /// Nothing more can be dropped: the widest columns are cut until the line fits.
    private func squeezed(_ columns: [Place]) -> [Place] {
        var columns = columns
        while total(columns) > lines.width,
            let widest = columns.indices.max(by: { columns[$0].width < columns[$1].width }),
            columns[widest].width > 3
        {
            columns[widest].width -= 1
        }
        return columns
    }

    private func total(_ columns: [Place]) -> Int {
        2 + columns.reduce(0) { $0 + $1.width } + Self.gap * max(columns.count - 1, 0)
    }

    private func shortest(_ index: Int) -> Int {
        switch table.columns[index].shortening {
        case .never: naturalWidths[index]
        case .middle(let places), .end(let places), .wrap(let places): places
        }
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
            if number == cells.count - 1, case .phrase(let phrase) = cell,
                case .wrap = table.columns[place.index].shortening
            {
                let before = total(cells.dropLast().map(\.1)) + (number > 0 ? Self.gap : 0)
                let indent = String(repeating: " ", count: before)
                let broken = TerminalLines(width: place.width, colour: lines.colour).set(phrase)
                return broken.enumerated().map { ($0.offset == 0 ? line : indent) + $0.element }
            }
            let text = drawn(cell, place)
            let filler = String(repeating: " ", count: max(place.width - text.places, 0))
            let isNumber = table.columns[place.index].isNumber
            line += isNumber ? filler + text.painted : text.painted
            let isLast = number == cells.count - 1
            if !isNumber, !isLast { line += filler }
            if !isLast { line += String(repeating: " ", count: Self.gap) }
        }
        return [line]
    }

    private func drawn(_ cell: Table.Cell, _ place: Place) -> (painted: String, places: Int) {
        switch cell {
        case .bar(let bar):
            let text = Self.blocks(bar.filled, places: place.width)
            return (lines.painted(text, .quiet), text.places)
        case .phrase(let phrase):
            let whole = TerminalText.escaped(phrase.plain)
            guard whole.places > place.width else {
                let painted = phrase.spans
                    .map { lines.painted(TerminalText.escaped($0.text), $0.style) }.joined()
                return (painted, whole.places)
            }
            let short = Self.shortened(
                whole, to: place.width, table.columns[place.index].shortening)
            return (lines.painted(short, phrase.spans.first?.style ?? .plain), short.places)
        }
    }

    private static func shortened(
        _ text: String, to width: Int, _ shortening: Table.Column.Shortening
    ) -> String {
        guard width > 1 else { return "…" }
        guard case .middle = shortening else { return text.fitting(width - 1) + "…" }
        let tail = width / 2
        return text.fitting(width - 1 - tail) + "…" + text.endFitting(tail)
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
