import Text

/// JSON made safe to print, and to stand in a page.
enum JSONText {
    /// The same document with dangerous characters written as `\u…`; they occur within strings only.
    static func harmless(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: mustEscape) else { return json }
        var safe = ""
        for scalar in json.unicodeScalars {
            if mustEscape(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// The encoder itself escapes what is below U+0020 within strings; its own line ends stay.
    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar == "<" || scalar.value == 0x7f }
        return TerminalText.isDangerous(scalar)
    }
}
