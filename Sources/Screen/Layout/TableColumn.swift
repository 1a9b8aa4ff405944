/// A column of a table: parts side by side under one title.
struct TableColumn {
    /// One piece of a column, a cell a row.
    struct Part {
        /// The higher, the sooner it is left out; 0 stays.
        var rank: Int
        var isRight = false
        /// The room that a drawing takes at least and at most; 0 for text, which takes what it needs.
        var room = 0...0
        var cells: [TableCell]

        /// As narrow as it can be.
        var width: Int { max(cells.map(\.width).max() ?? 0, room.lowerBound) }
        var isElastic: Bool { room.upperBound > 0 }
    }

    /// What stands above it.
    struct Title {
        /// The higher, the sooner a shorter one takes its place.
        var rank: Int
        var line: Line
    }

    /// The longest first; none where the table has no titles.
    var titles: [Title] = []
    var isTitleRight = false
    var parts: [Part]

    /// What is left of it where everything above a rank is left out; nil where nothing is.
    func reduced(to rank: Int) -> TableColumn? {
        var column = self
        column.parts = parts.filter { $0.rank <= rank && $0.width > 0 }
        column.titles = titles.filter { $0.rank <= rank }
        return column.parts.isEmpty ? nil : column
    }

    private var title: Line? { titles.first?.line }

    /// How wide it is with parts of these widths: a title may be wider than all of them.
    func width(_ widths: [Int]) -> Int {
        max(widths.reduce(widths.count - 1, +), title?.width ?? 0)
    }

    /// The column with one of its rows, and without a title.
    func only(row: Int) -> TableColumn {
        var column = self
        column.titles = []
        for index in parts.indices { column.parts[index].cells = [parts[index].cells[row]] }
        return column
    }

    /// A row of it.
    ///
    /// - Parameter widths: of its parts, one after the other.
    func line(row: Int, widths: [Int], look: Look) -> Line {
        let line = zip(parts, widths)
            .map { $0.cells[row].drawn(width: $1, isRight: $0.isRight, look: look) }
            .joined(by: .blank(1))
        return aligned(line, isRight: parts.last?.isRight ?? false, widths)
    }

    func titleLine(widths: [Int]) -> Line {
        aligned(title ?? Line(), isRight: isTitleRight, widths)
    }

    private func aligned(_ line: Line, isRight: Bool, _ widths: [Int]) -> Line {
        isRight ? line.rightAligned(to: width(widths)) : line.padded(to: width(widths))
    }
}
