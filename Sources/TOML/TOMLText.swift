package import Model
package import TOMLKit
import Text

/// A file in TOML, parsed: TOMLKit's tree beside the places of its parts.
package struct TOMLText {
    /// What people write is a page or two; what is longer is none of it.
    package static let largestBytes = 1 << 20

    package let table: TOMLTable
    package let outline: TOMLOutline.Node

    /// The whole of it.
    ///
    /// - Parameter name: as it is cited: `the profile`.
    package func reader(named name: String) -> TOMLReader {
        TOMLReader(table: table, outline: outline, name: name)
    }

    /// - Throws: what makes the text no TOML at all.
    package init(_ bytes: [UInt8], findings: inout TextFindings) throws(TextError) {
        Self.look(for: bytes, &findings)
        try findings.check()
        let outline = TOMLOutline(bytes)
        if let flaw = outline.flaw {
            findings.add(at: flaw.offset, flaw.kind.words)
            try findings.check()
        }
        self.outline = outline.root
        let text = String(decoding: bytes, as: UTF8.self)
        var failure: (place: TextPlace, message: String)?
        var table = TOMLTable()
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            failure = Self.failure(error, bytes, outline, findings)
        } catch {
            failure = (TextPlace(line: 1, column: 1), "\(error)")
        }
        if let failure {
            findings.add(at: failure.place, failure.message)
            try findings.check()
        }
        self.table = table
    }

    /// What must not reach the parser: other encodings, and characters at which text in C ends.
    private static func look(for bytes: [UInt8], _ findings: inout TextFindings) {
        if bytes.count > largestBytes {
            findings.add(
                at: 0, "\(bytes.count) bytes are too many; the limit is 1 MiB")
            return
        }
        if let offset = firstInvalid(bytes) {
            let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            findings.add(
                at: offset,
                "this is not UTF-8" + (isWide ? ": it looks like UTF-16" : "")
                    + "; convert the file with iconv(1)")
            return
        }
        let control = bytes.indices.first { index in
            switch bytes[index] {
            case 0x09, 0x0A: false
            case 0x0D: index + 1 >= bytes.count || bytes[index + 1] != 0x0A
            case 0..<0x20, 0x7F: true
            default: false
            }
        }
        if let control {
            let digits = String(bytes[control], radix: 16, uppercase: true)
            findings.add(
                at: control,
                "a control character (U+00\(digits.count == 1 ? "0" : "")\(digits)) is not allowed here"
            )
        }
    }

    /// The offset of the first byte that is no UTF-8.
    private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return min(offset, bytes.count)
            }
        }
    }

    /// What toml++ says, such as `Error while parsing integer: leading zeroes are prohibited`, and where.
    ///
    /// It stops behind a number and behind a line; the place wanted is where they begin.
    private static func failure(
        _ error: TOMLParseError, _ bytes: [UInt8], _ outline: TOMLOutline,
        _ findings: TextFindings
    ) -> (TextPlace, String) {
        let place = TextPlace(line: error.source.begin.line, column: error.source.begin.column)
        let said = error.description
        if said.contains("redefine"), let repeated = outline.repeated {
            return (findings.place(at: repeated.offset), "the key '\(repeated.name)' appears twice")
        }
        if said.contains("leading zero") {
            let end = findings.offset(of: place)
            let isPart = { (byte: UInt8) in
                (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            }
            var start = end
            while start > 0, isPart(bytes[start - 1]) { start -= 1 }
            let number = String(
                decoding: bytes[start...].prefix(while: isPart).filter { $0 != 0x5F },
                as: UTF8.self)
            return (
                findings.place(at: start), LeadingZero.sentence(number[...])
            )
        }
        let start = "Error while parsing "
        let text = said.hasPrefix(start) ? String(said.dropFirst(start.count)) : said
        return (place, "this is not TOML: \(text)")
    }
}

extension TOMLOutline.Flaw {
    var words: String {
        switch self {
        case .tooDeep: "tables and arrays are nested deeper than \(TOMLOutline.deepest)"
        case .tooMany: "the file has more than \(TOMLOutline.mostNodes) keys and values"
        case .zero: "a zero character is not allowed here"
        case .unreadable(let wanted): "this is not TOML: \(wanted) is missing here"
        }
    }
}
