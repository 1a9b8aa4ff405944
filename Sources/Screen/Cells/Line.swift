/// A piece of a line, place by place: how wide it is is how many cells it has.
package struct Line: Hashable, Sendable {
    package private(set) var cells: [Cell]

    init(_ cells: [Cell] = []) { self.cells = cells }

    package var width: Int { cells.count }
    package var isEmpty: Bool { cells.isEmpty }

    /// Its signs, without their styles.
    package var text: String { String(String.UnicodeScalarView(cells.flatMap(\.scalars))) }

    static func blank(_ width: Int) -> Line {
        Line(Array(repeating: .blank, count: max(width, 0)))
    }

    static func + (left: Line, right: Line) -> Line { Line(left.cells + right.cells) }
    static func += (left: inout Line, right: Line) { left.cells += right.cells }

    /// With spaces behind it; what is wider stays as it is.
    func padded(to width: Int) -> Line { self + .blank(width - self.width) }

    /// With spaces before it.
    func rightAligned(to width: Int) -> Line { .blank(width - self.width) + self }

    /// As much as fits; a wide sign of which only one place would is left out.
    func prefix(_ width: Int) -> Line {
        guard cells.count > width else { return self }
        var end = max(width, 0)
        if end > 0, cells[end].isSecond { end -= 1 }
        return Line(Array(cells[..<end]))
    }

    func dropFirst(_ count: Int) -> Line { Line(Array(cells.dropFirst(count))) }
}

extension Collection<Line> {
    func joined(by separator: Line) -> Line {
        var line = Line()
        for (place, part) in enumerated() { line += place == 0 ? part : separator + part }
        return line
    }
}
