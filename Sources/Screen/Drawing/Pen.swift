/// Writes cells for a terminal, and knows where its cursor is and in which style it writes.
struct Pen {
    private(set) var bytes: [UInt8] = []
    let isColoured: Bool
    private let placement: Placement
    private let rows: Int
    private var row: Int
    /// Nil where terminals disagree on it, as behind a wide sign.
    private var column: Int?
    private var style = Style.plain

    /// - Parameter rows: how many the frame has; inline the cursor is in the last.
    init(isColoured: Bool, placement: Placement, rows: Int) {
        self.isColoured = isColoured
        self.placement = placement
        self.rows = rows
        row = rows - 1
        column = placement == .inline ? 0 : nil
    }

    /// Makes an empty place for a frame.
    ///
    /// - Parameter rowsBefore: the rows of the frame that was there; nil where there was none.
    mutating func clear(rowsBefore: Int?) {
        switch placement {
        case .screen: add("\u{1B}[2J")
        case .inline:
            add("\r")
            if let rowsBefore, rowsBefore > 1 { add("\u{1B}[\(rowsBefore - 1)A") }
            add("\u{1B}[J" + String(repeating: "\r\n", count: rows - 1))
        }
    }

    mutating func write(_ cell: Cell, row: Int, column: Int, isWide: Bool) {
        move(to: row, column)
        set(cell)
        guard !cell.isSettled else {
            add(cell)
            self.column = column + 1
            return
        }
        // A terminal that takes it for narrower would leave what stood there.
        add(isWide ? "  " : " ")
        self.column = nil
        move(to: row, column)
        add(cell)
        self.column = nil
    }

    /// Leaves the terminal in its plain style; inline at the beginning of the last row.
    mutating func finish() {
        if style != .plain { add("\u{1B}[0m") }
        if placement == .inline, row != rows - 1 || column != 0 { move(to: rows - 1, 0) }
    }

    private mutating func set(_ cell: Cell) {
        guard isColoured, cell != .blank, cell.style != style else { return }
        add("\u{1B}[\(cell.style.parameters)m")
        style = cell.style
    }

    private mutating func move(to row: Int, _ column: Int) {
        if self.row == row, self.column == column { return }
        switch placement {
        case .screen: add("\u{1B}[\(row + 1);\(column + 1)H")
        case .inline:
            if row < self.row { add("\u{1B}[\(self.row - row)A") }
            if row > self.row { add("\u{1B}[\(row - self.row)B") }
            add(column == 0 ? "\r" : "\u{1B}[\(column + 1)G")
        }
        self.row = row
        self.column = column
    }

    private mutating func add(_ cell: Cell) {
        if let letter = cell.ascii {
            bytes.append(letter)
        } else {
            for scalar in cell.scalars { bytes += UTF8.encode(scalar).map(Array.init) ?? [] }
        }
    }

    private mutating func add(_ text: String) { bytes += Array(text.utf8) }
}
