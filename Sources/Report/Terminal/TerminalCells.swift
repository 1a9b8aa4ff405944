/// A line of a terminal, place by place, in which later writing covers earlier.
struct TerminalCells {
    private var cells: [(text: String, style: Span.Style)]

    init(_ width: Int) {
        cells = Array(repeating: (" ", .plain), count: max(width, 0))
    }

    /// Writes text that is harmless already; what does not fit is left out.
    mutating func write(_ text: String, at start: Int, _ style: Span.Style) {
        var place = start
        for character in text {
            let width = character.places
            guard place + width <= cells.count else { return }
            if width == 0 {
                if place > 0, place <= cells.count { cells[place - 1].text.append(character) }
                continue
            }
            if place >= 0 {
                cells[place] = (String(character), style)
                // The second place of a wide character holds nothing.
                if width > 1 { cells[place + 1] = ("", style) }
            }
            place += width
        }
    }

    /// The line without the spaces at its end, in runs of one style.
    var runs: [Span] {
        let end = cells.lastIndex { $0.text != " " }.map { $0 + 1 } ?? 0
        var runs: [Span] = []
        for cell in cells[..<end] {
            if let last = runs.indices.last, runs[last].style == cell.style || cell.text == " " {
                runs[last].text += cell.text
            } else {
                runs.append(Span(cell.text, cell.style))
            }
        }
        return runs
    }
}
