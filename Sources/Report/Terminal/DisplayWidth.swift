import Text

extension Character {
    /// How many places of a terminal's line it takes: 2 for wide East Asian text and emoji, 0 for a lone mark.
    ///
    /// Source: Unicode Standard Annex 11, and what terminals do with it.
    var places: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.isASCII { return unicodeScalars.contains { $0.value == 0xfe0f } ? 2 : 1 }
        if first.properties.isEmojiPresentation { return 2 }
        if unicodeScalars.dropFirst().contains(where: { $0.value == 0xfe0f }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return DisplayWidth.isWide(first) ? 2 : 1
        }
    }
}

extension StringProtocol {
    /// How many places of a terminal's line it takes.
    var places: Int { simplePlaces ?? reduce(0) { $0 + $1.places } }

    /// The same for text whose scalars each take one place, whatever stands beside them; nil for any other.
    ///
    /// Those are printable ASCII and the punctuation, arrows, lines and blocks that pages are drawn with, none of
    /// them an emoji: no need to look for the borders of characters.
    private var simplePlaces: Int? {
        var count = 0
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x20...0x7E, 0xB7, 0xD7, 0x2013...0x2014, 0x2026, 0x2192, 0x2248, 0x2264...0x2265,
                0x2500...0x2595:
                count += 1
            default: return nil
            }
        }
        return count
    }

    /// As much of the beginning as fits.
    func fitting(_ width: Int) -> String {
        guard width > 0 else { return "" }
        if simplePlaces != nil {
            let end = unicodeScalars.index(startIndex, offsetBy: width, limitedBy: endIndex)
            return String(self[..<(end ?? endIndex)])
        }
        var room = width
        return String(
            prefix { character in
                room -= character.places
                return room >= 0
            })
    }
}
