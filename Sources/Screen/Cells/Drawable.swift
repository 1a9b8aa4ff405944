import Text

/// What a scalar is to a screen: a sign of its own, a mark on the sign before it, or nothing to be drawn.
enum Drawable {
    /// A sign of one place, or of two.
    case sign(places: Int)
    /// It stands on the sign before it and takes no place.
    case mark
    /// Terminals disagree on its width, or it moves what stands beside it: it is shown as `\u{…}`.
    case nothing

    init(_ scalar: Unicode.Scalar) {
        if Self.isSettled(scalar) {
            self = .sign(places: 1)
            return
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            self = properties.isDefaultIgnorableCodePoint ? .nothing : .mark
            return
        case .spacingMark, .unassigned, .control, .format, .surrogate, .privateUse,
            .lineSeparator, .paragraphSeparator:
            self = .nothing
            return
        default: break
        }
        if properties.isDefaultIgnorableCodePoint || properties.isEmojiModifier
            || Self.isJoined(scalar) || Self.isRightToLeft(scalar)
        {
            self = .nothing
        } else {
            let isWide = properties.isEmojiPresentation || DisplayWidth.isWide(scalar)
            self = .sign(places: isWide ? 2 : 1)
        }
    }

    /// Whether every terminal gives it one place: what pages are made of, and Latin letters.
    static func isSettled(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x2010...0x2027, 0x2190...0x2193,
            0x2212, 0x23CE, 0x2500...0x259F, 0x25B8:
            true
        default: false
        }
    }

    /// Joined to their neighbours by some terminals: vowels and finals of Hangul, halves of flags.
    private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x1F1E6...0x1F1FF: true
        default: false
        }
    }

    /// Letters and digits that are written from the right, with the blocks reserved for such.
    ///
    /// A terminal that reorders a line would move the figures beside them (Unicode Standard Annex 9; the blocks are those of
    /// `DerivedBidiClass.txt`).
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF,
            0x1E800...0x1EFFF:
            true
        default: false
        }
    }
}
