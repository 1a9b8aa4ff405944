import Text

extension Look {
    /// Text as the places of a line, whoever it comes from: what must not reach a terminal is written as `\u{…}`.
    package func line(_ text: String, _ style: Style = .plain) -> Line {
        var cells: [Cell] = []
        cells.reserveCapacity(text.utf8.count)
        // Where the sign begins that a mark would stand on.
        var sign: Int?
        for scalar in TerminalText.escaped(text).unicodeScalars {
            if !isUnicode, !scalar.isASCII {
                let words = Self.spelled(scalar) ?? TerminalText.escape(scalar)
                cells += words.unicodeScalars.map { Cell($0, style) }
                continue
            }
            switch Drawable(scalar) {
            case .sign(let places):
                sign = cells.count
                cells.append(Cell(scalar, style))
                if places == 2 { cells.append(.second(style)) }
            case .mark where sign.map { cells[$0].add(scalar) } == true: break
            case .mark, .nothing:
                sign = nil
                cells += TerminalText.escape(scalar).unicodeScalars.map { Cell($0, style) }
            }
        }
        return Line(cells)
    }

    /// What a screen of ASCII shows for the signs that reports are written with.
    private static func spelled(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "→": "->"
        case "←": "<-"
        case "·": "|"
        case "…": "..."
        case "−", "–", "─": "-"
        case "×": "x"
        case "µ", "μ": "u"
        case "▸": ">"
        case "≥": ">="
        case "≤": "<="
        case "≈": "~"
        case "“", "”": "\""
        case "‘", "’": "'"
        // No-break spaces, also the narrow one between groups of digits.
        case "\u{A0}", "\u{202F}": " "
        default: nil
        }
    }
}
