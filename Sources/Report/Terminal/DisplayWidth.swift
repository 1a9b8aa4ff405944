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
        default: return Self.isWide(first.value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf,
            0x4e00...0x9fff, 0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
            0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6,
            0x17000...0x18cff, 0x1b000...0x1b2ff, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}

extension StringProtocol {
    /// How many places of a terminal's line it takes.
    var places: Int { reduce(0) { $0 + $1.places } }

    /// As much of the beginning as fits.
    func fitting(_ width: Int) -> String {
        var room = width
        return String(
            prefix { character in
                room -= character.places
                return room >= 0
            })
    }

    /// As much of the end as fits.
    func endFitting(_ width: Int) -> String {
        String(String(reversed()).fitting(width).reversed())
    }
}
