/// Text of others made harmless for a terminal: what a process names itself must not move the cursor.
public enum TerminalText {
    /// Control characters (C0, DEL, C1), bidirectional controls and other format characters become `\u{…}`.
    ///
    /// So does a mark at the beginning: it would change the sign before it, which is the page's own.
    public static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
        let marks = text.unicodeScalars.prefix(while: isMark).endIndex
        guard marks > text.startIndex || text.unicodeScalars.contains(where: isDangerous) else {
            return text
        }
        var safe = ""
        for (place, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
            if place < marks || isDangerous(scalar) {
                safe += escape(scalar)
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// `\u{1b}`: what a page shows instead of a character that it does not write.
    public static func escape(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16) + "}"
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: return true
        default: return false
        }
    }

    public static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // What pages are drawn with, punctuation, arrows, signs, lines and blocks, needs no look into the tables.
        case 0x20...0x7E, 0xB7, 0xD7, 0x2010...0x2027, 0x2190...0x22FF, 0x2500...0x259F:
            return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
            return true
        default: return false
        }
    }
}
