import Text

/// What a picture calls a row, in lines that a telephone has room for.
enum Label {
    /// A name of others may have thousands of letters; no tuple, measure or arm has so many lines.
    private static let mostLines = 8

    /// Broken at spaces; a longer word after its signs, and one without any wherever a line ends.
    ///
    /// - Parameter most: places of a line.
    static func lines(_ text: String, most: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        let words = TerminalText.escaped(text).split(separator: " ")
        for piece in words.flatMap({ pieces(of: $0, most: most) }) {
            let gap = line.isEmpty || piece.isGlued ? "" : " "
            if !line.isEmpty, line.places + gap.count + piece.text.places > most {
                lines.append(line)
                line = piece.text
            } else {
                line += gap + piece.text
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.count > mostLines ? lines.prefix(mostLines - 1) + ["…"] : lines
    }

    /// A word as one piece if it fits, otherwise parted behind its signs, and where a piece is as long as a line.
    private static func pieces(
        of word: Substring, most: Int
    ) -> [(text: String, isGlued: Bool)] {
        guard word.count > most else { return [(String(word), false)] }
        var pieces: [(text: String, isGlued: Bool)] = []
        var piece = ""
        for character in word {
            piece.append(character)
            if ":.-/_,".contains(character) || piece.count >= most {
                pieces.append((piece, !pieces.isEmpty))
                piece = ""
            }
        }
        if !piece.isEmpty { pieces.append((piece, !pieces.isEmpty)) }
        return pieces
    }
}

extension String {
    /// Short enough to stand over an arrow: what is in the middle gives way.
    func shortened(to length: Int) -> String {
        guard count > length else { return self }
        return prefix((length - 1) / 2) + "…" + suffix(length / 2)
    }
}
