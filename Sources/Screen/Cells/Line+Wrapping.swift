extension Line {
    /// In lines of that width, broken wherever one ends: for names, which have no words.
    func broken(to width: Int) -> [Line] {
        var lines: [Line] = []
        var rest = self
        while rest.width > max(width, 1) {
            let part = rest.prefix(max(width, 1))
            // Not even one wide sign has room: it could never be shown.
            guard !part.isEmpty else { return lines }
            lines.append(part)
            rest = rest.dropFirst(part.width)
        }
        return lines + [rest]
    }

    /// In lines of that width, broken between words; the first begins with a lead, the others with an indent.
    ///
    /// Nothing is left out: a word longer than a line goes on in the next.
    func wrapped(to width: Int, lead: Line = Line(), indent: Int = 0) -> [Line] {
        let width = max(width, 1)
        let indent = indent < width ? indent : 0
        var lines: [Line] = []
        var line = lead
        var isBare = true
        func next() {
            lines.append(line)
            line = .blank(indent)
            isBare = true
        }
        for word in words {
            let space = isBare ? 0 : 1
            if line.width + space + word.width > width {
                if !isBare { next() }
            } else if space == 1 {
                line += .blank(1)
            }
            var rest = word
            while line.width + rest.width > width {
                let part = rest.prefix(width - line.width)
                // Not even one wide sign has room: it could never be shown.
                if part.isEmpty, line.width <= indent { break }
                line += part
                rest = rest.dropFirst(part.width)
                next()
            }
            line += rest.prefix(width - line.width)
            isBare = false
        }
        if !isBare || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// What stands between spaces; a number's groups of digits and its sign of per cent are one word.
    private var words: [Line] {
        var words: [Line] = []
        var start = 0
        for place in cells.indices where cells[place] == .blank {
            if isInNumber(place) { continue }
            if place > start { words.append(Line(Array(cells[start..<place]))) }
            start = place + 1
        }
        if start < cells.count { words.append(Line(Array(cells[start...]))) }
        return words
    }

    private func isInNumber(_ place: Int) -> Bool {
        guard place > 0, place + 1 < cells.count else { return false }
        let after = cells[place + 1]
        return isDigit(cells[place - 1]) && (isDigit(after) || after.ascii == UInt8(ascii: "%"))
    }

    private func isDigit(_ cell: Cell) -> Bool { cell.ascii.map { 48...57 ~= $0 } ?? false }
}

extension [Line] {
    /// The pieces of a name in as few lines as there is room for, parted between pieces first, and anywhere if it must be.
    func stacked(to width: Int) -> [Line] {
        var lines: [Line] = []
        var line = Line()
        for piece in self where !piece.isEmpty {
            let space = line.isEmpty ? 0 : 1
            if line.width + space + piece.width <= width {
                line += .blank(space) + piece
                continue
            }
            if !line.isEmpty { lines.append(line) }
            let parts = piece.broken(to: width)
            lines += parts.dropLast()
            line = parts.last ?? Line()
        }
        return lines + [line]
    }
}
