/// What a terminal shows at one moment, place by place.
///
/// A wide sign always has its second place beside it: what covers one of the two clears the other.
package struct Frame: Hashable, Sendable {
    package let size: FrameSize
    private var cells: [Cell]

    package init(_ size: FrameSize) {
        self.size = size
        cells = Array(repeating: .blank, count: size.rows * size.columns)
    }

    package subscript(row: Int, column: Int) -> Cell { cells[row * size.columns + column] }

    /// Draws a line over what is there; what lies beyond an edge is left out.
    package mutating func draw(_ line: Line, row: Int, column: Int = 0) {
        guard 0..<size.rows ~= row else { return }
        let start = row * size.columns
        for (offset, cell) in line.cells.enumerated() {
            let place = column + offset
            guard 0..<size.columns ~= place else { continue }
            if cell.isSecond {
                // Its first place lies beyond the left edge.
                if place == 0 { put(.blank, at: start, row) }
                continue
            }
            let isWide = offset + 1 < line.width && line.cells[offset + 1].isSecond
            if isWide, place + 1 >= size.columns {
                put(.blank, at: start + place, row)
                continue
            }
            put(cell, at: start + place, row)
            if isWide { put(line.cells[offset + 1], at: start + place + 1, row) }
        }
    }

    private mutating func put(_ cell: Cell, at index: Int, _ row: Int) {
        let rowStart = row * size.columns
        let rowEnd = rowStart + size.columns
        if cells[index].isSecond, index > rowStart { cells[index - 1] = .blank }
        if index + 1 < rowEnd, cells[index + 1].isSecond { cells[index + 1] = .blank }
        cells[index] = cell
    }

    /// The signs of a row, without the spaces at its end.
    package func text(row: Int) -> String {
        let places = cells[(row * size.columns)..<((row + 1) * size.columns)]
        let end = places.lastIndex { $0 != .blank }.map { $0 + 1 } ?? places.startIndex
        return Line(Array(places[..<end])).text
    }
}
