import Text

/// Sets phrases in lines of a width: breaks between words, continues under an indent.
struct TerminalLines {
    /// Places for sentences: a wider terminal does not make them easier to read.
    let width: Int
    /// Places for tables.
    let tableWidth: Int
    let colour: Bool

    /// Sentences and drawings are never wider.
    static let widest = 100
    /// Of a page that nobody looks at line by line: nothing is wrapped in it.
    static let unlimited = 1 << 20

    /// Lines of so many places, whatever is set in them.
    init(width: Int, colour: Bool) {
        self.width = width
        tableWidth = width
        self.colour = colour
    }

    /// Those of a page.
    init(page width: Int, colour: Bool) {
        self.width = width >= Self.unlimited ? Self.unlimited : min(width, Self.widest)
        tableWidth = min(width, Self.unlimited)
        self.colour = colour
    }

    /// Places for a drawing.
    var drawingWidth: Int { min(width, Self.widest) }

    /// A word that stays together, with the space before it.
    private struct Word {
        var pieces: [Piece] = []
        var places: Int { pieces.reduce(0) { $0 + $1.places } }

        mutating func append(_ piece: Piece) {
            guard let last = pieces.last, last.style == piece.style else {
                pieces.append(piece)
                return
            }
            pieces[pieces.count - 1].text += piece.text
            pieces[pieces.count - 1].places += piece.places
        }
    }

    private struct Piece {
        var text: String
        var style: Span.Style
        var places: Int
    }

    /// The phrase in lines: the first begins with `lead`, the others with `indent` spaces.
    func set(_ phrase: Phrase, lead: Phrase = "", indent: Int = 0) -> [String] {
        var lines: [String] = []
        var line = lead.spans.map { painted(TerminalText.escaped($0.text), $0.style) }.joined()
        var used = TerminalText.escaped(lead.plain).places
        var isEmpty = true
        func next() {
            lines.append(line)
            line = String(repeating: " ", count: indent)
            used = indent
            isEmpty = true
        }
        for word in words(of: phrase) {
            let places = word.places
            let space = isEmpty ? 0 : 1
            if used + space + places > width {
                // A word longer than any line begins behind its lead; it is broken there.
                if !isEmpty || (used > indent && places <= width - indent) { next() }
            } else if space == 1 {
                line += " "
                used += 1
            }
            for piece in word.pieces {
                // What is to be copied is never broken.
                if used + piece.places <= width || piece.style == .code {
                    line += painted(piece.text, piece.style)
                    used += piece.places
                    continue
                }
                var run = ""
                for character in piece.text {
                    if used + character.places > width, used > indent {
                        line += painted(run, piece.style)
                        run = ""
                        next()
                    }
                    run.append(character)
                    used += character.places
                }
                line += painted(run, piece.style)
            }
            isEmpty = false
        }
        if !isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    func painted(_ text: String, _ style: Span.Style) -> String {
        colour ? Colour.paint(text, style) : text
    }

    /// The words of a phrase, escaped; a number's groups of digits, its sign of per cent and a dot between items stay
    /// with what is before them.
    private func words(of phrase: Phrase) -> [Word] {
        var words: [Word] = []
        var word = Word()
        func finish() {
            if !word.pieces.isEmpty { words.append(word) }
            word = Word()
        }
        let spans = phrase.spans.map {
            (bytes: Array(TerminalText.escaped($0.text).utf8), $0.style)
        }
        let text = spans.flatMap(\.bytes)
        // A space is a byte of its own in UTF-8, so words are found without a look at characters.
        var position = 0
        for (bytes, style) in spans {
            var start = position
            let end = position + bytes.count
            while start < end {
                let stop = text[start..<end].indices.first {
                    style != .code && text[$0] == 0x20
                        && !LineBreaking.isForbidden(in: text, at: $0)
                }
                if start < stop ?? end {
                    let piece = String(decoding: text[start..<(stop ?? end)], as: UTF8.self)
                    word.append(Piece(text: piece, style: style, places: piece.places))
                }
                if stop != nil { finish() }
                start = (stop ?? end) + 1
            }
            position = end
        }
        finish()
        return words
    }
}
