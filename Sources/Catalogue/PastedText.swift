/// A pasted text as it is compared: without colours, escapes and quotes of the form it was carried in.
struct PastedText {
    /// Its lines in lower case, as UTF-8.
    let lines: [[UInt8]]
    /// Its lines with their capitals.
    let written: [String]

    init(_ text: String) {
        let plain = Self.unescaped(Self.uncoloured(Array(text.utf8)))
        let parts = plain.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        written = parts.map { String(decoding: $0, as: UTF8.self) }
        lines = parts.map { $0.map(\.lowercased) }
    }

    /// Whether the line contains one of the texts as whole words.
    static func holds(_ line: [UInt8], anyOf texts: [String]) -> Bool {
        texts.contains { text in
            WordPattern(text).isIn(line)
        }
    }

    /// Without the sequences by which a terminal colours: `ESC [ 31 m`, also as `\u001b[31m`, `\x1b[0m`, `#033[0m`.
    private static func uncoloured(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard "\u{1B}\\#".utf8.contains(bytes[index]),
                let length = escapes.first(where: { bytes[index...].starts(with: $0) })?.count,
                index + length < bytes.count, bytes[index + length] == UInt8(ascii: "[")
            else {
                plain.append(bytes[index])
                index += 1
                continue
            }
            index += length + 1
            while index < bytes.count, !(0x40...0x7E ~= bytes[index]) { index += 1 }
            index += 1
        }
        return plain
    }

    /// How ESC is written; all begin with a byte that is rare in text.
    private static let escapes: [[UInt8]] = [
        "\u{1B}", "\\u001b", "\\u001B", "\\x1b", "\\x1B", "\\033", "\\e", "#033",
    ].map { Array($0.utf8) }

    /// Without the backslashes of JSON and shells, and with plain apostrophes for curled ones.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            if Self.firstBytes.contains(bytes[index]),
                let (written, meant) = spellings.first(where: { rest.starts(with: $0.written) })
            {
                plain.append(meant)
                index += written.count
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return plain
    }

    private static let firstBytes = Set(spellings.compactMap(\.written.first))

    private static let spellings: [(written: [UInt8], meant: UInt8)] = [
        ("\\n", "\n"), ("\\r", "\n"), ("\\t", " "), ("\\\"", "\""), ("\\'", "'"),
        ("\\u0027", "'"), ("\\u2019", "'"), ("\\u0022", "\""), ("\u{2018}", "'"),
        ("\u{2019}", "'"), ("\u{00A0}", " "), ("\u{202F}", " "), ("\t", " "),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)[0]) }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self + 32 : self
    }
}
