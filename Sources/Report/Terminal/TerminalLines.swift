/// Sets phrases in lines of a width: breaks between words, continues under an indent.
struct TerminalLines {
    let width: Int
    let colour: Bool

    /// A word that stays together, with the space before it.
    private struct Word {
        var pieces: [Span] = []
        var places: Int { pieces.reduce(0) { $0 + $1.text.places } }
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
        func end() {
            if !word.pieces.isEmpty { words.append(word) }
            word = Word()
        }
        let characters = phrase.spans.flatMap { span in
            TerminalText.escaped(span.text).map { (character: $0, style: span.style) }
        }
        let text = characters.map(\.character)
        for (index, item) in characters.enumerated() {
            let isBreak =
                item.character == " "
                && !LineBreaking.isForbidden(in: text, at: index)
            if isBreak {
                end()
            } else if let last = word.pieces.last, last.style == item.style {
                word.pieces[word.pieces.count - 1].text.append(item.character)
            } else {
                word.pieces.append(Span(String(item.character), item.style))
            }
        }
        end()
        return words
    }
}
