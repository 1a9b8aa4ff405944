/// Where the keys and values of a TOML document stand: TOMLKit reads them and does not tell.
///
/// The document is walked once, in the order in which it is written. The walk takes more than TOML allows; whether a
/// document is right is TOMLKit's to say. What the walk cannot make out must not reach TOMLKit: its parser ends the
/// program where an assertion of its own fails (`[[*` is enough).
package struct TOMLOutline {
    /// A key with its value, an element of an array, or a table.
    package final class Node {
        /// Offsets in bytes; those of an element of an array are one.
        package var key: Int
        package var value: Int
        package var children: [String: Node] = [:]
        package var items: [Node] = []

        init(key: Int, value: Int) {
            self.key = key
            self.value = value
        }
    }

    /// What keeps a document from being handed to TOMLKit, which goes down by calling itself.
    enum Flaw: Equatable {
        /// Tables and arrays within each other, more than `deepest`.
        case tooDeep
        /// More than `mostNodes` keys and values.
        case tooMany
        /// An escaped zero, at which C's strings end.
        case zero
        /// What is no TOML: what is wanted in its place.
        case unreadable(String)
    }

    static let deepest = 32
    static let mostNodes = 20_000
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    let root = Node(key: 0, value: 0)
    /// The first flaw, and where; the walk ends there.
    private(set) var flaw: (kind: Flaw, offset: Int)?

    /// The first key that stands a second time, which TOMLKit refuses; where it stands is not told there.
    private(set) var repeated: (name: String, offset: Int)?

    private let bytes: [UInt8]
    private var at = 0
    private var nodes = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: Self.byteOrderMark) { at = 3 }
        do throws(Stop) { try document() } catch { flaw = (error.kind, error.offset) }
    }

    private struct Stop: Error {
        var kind: Flaw
        var offset: Int
    }

    // MARK: the parts of a document

    private mutating func document() throws(Stop) {
        var table = root
        var depth = 0
        while true {
            skipSpace(lines: true)
            guard let byte = peek() else { return }
            if byte == UInt8(ascii: "[") {
                (table, depth) = try header()
            } else {
                try pair(in: table, depth: depth)
            }
            skipSpace(lines: false)
            guard peek() == nil || isLineEnd else { throw missing("the end of the line") }
        }
    }

    /// `[a.b]` and `[[a.b]]`: the table that the following keys belong to.
    private mutating func header() throws(Stop) -> (Node, depth: Int) {
        let start = at
        at += 1
        let isArray = take("[")
        skipSpace(lines: false)
        let parts = try path(depth: 0)
        skipSpace(lines: false)
        guard take("]"), !isArray || take("]"), let last = parts.last else {
            throw missing(isArray ? "']]'" : "']'")
        }
        var table = root
        for part in parts.dropLast() { table = try step(into: part, of: table) }
        if isArray {
            let array: Node
            if let known = table.children[last.name] {
                array = known
            } else {
                array = try node(key: start, value: start)
            }
            let item = try node(key: start, value: start)
            array.items.append(item)
            table.children[last.name] = array
            return (item, parts.count)
        }
        if let known = table.children[last.name] { return (known, parts.count) }
        let made = try node(key: start, value: start)
        table.children[last.name] = made
        return (made, parts.count)
    }

    private mutating func pair(in table: Node, depth: Int) throws(Stop) {
        let parts = try path(depth: depth)
        skipSpace(lines: false)
        guard take("="), let last = parts.last else { throw missing("'='") }
        skipSpace(lines: false)
        var table = table
        for part in parts.dropLast() { table = try step(into: part, of: table) }
        let made = try value(depth: depth + parts.count)
        made.key = last.offset
        if table.children[last.name] == nil {
            table.children[last.name] = made
        } else if repeated == nil {
            repeated = (last.name, last.offset)
        }
    }

    private struct Part {
        var name: String
        var offset: Int
    }

    /// The table of a part of a dotted key; of an array of tables, the last.
    private mutating func step(into part: Part, of table: Node) throws(Stop) -> Node {
        if let known = table.children[part.name] { return known.items.last ?? known }
        let made = try node(key: part.offset, value: part.offset)
        table.children[part.name] = made
        return made
    }

    private mutating func path(depth: Int) throws(Stop) -> [Part] {
        var parts: [Part] = []
        repeat {
            skipSpace(lines: false)
            let start = at
            guard depth + parts.count < Self.deepest else {
                throw Stop(kind: .tooDeep, offset: start)
            }
            parts.append(Part(name: try key(), offset: start))
            skipSpace(lines: false)
        } while take(".")
        return parts
    }

    private mutating func key() throws(Stop) -> String {
        switch peek() {
        case UInt8(ascii: "\""): return try text(quote: UInt8(ascii: "\""), manyLines: false)
        case UInt8(ascii: "'"): return try text(quote: UInt8(ascii: "'"), manyLines: false)
        default:
            let start = at
            while let byte = peek(), Self.isBare(byte) { at += 1 }
            guard at > start else { throw missing("a key") }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
    }

    private mutating func value(depth: Int) throws(Stop) -> Node {
        let made = try node(key: at, value: at)
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let quote = bytes[at]
            let isLong = at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
            _ = try text(quote: quote, manyLines: isLong)
        case UInt8(ascii: "["):
            guard depth < Self.deepest else { throw Stop(kind: .tooDeep, offset: at) }
            try array(into: made, depth: depth + 1)
        case UInt8(ascii: "{"):
            guard depth < Self.deepest else { throw Stop(kind: .tooDeep, offset: at) }
            try inlineTable(into: made, depth: depth + 1)
        default:
            // Numbers, dates, words: up to what cannot be part of one. A date may hold a blank.
            let start = at
            while let byte = peek(), !Self.endsWord.contains(byte) { at += 1 }
            guard at > start else { throw missing("a value") }
        }
        return made
    }

    private mutating func array(into node: Node, depth: Int) throws(Stop) {
        at += 1
        while true {
            skipSpace(lines: true)
            if take("]") { return }
            node.items.append(try value(depth: depth))
            skipSpace(lines: true)
            if take(",") { continue }
            guard take("]") else { throw missing("',' or ']'") }
            return
        }
    }

    private mutating func inlineTable(into node: Node, depth: Int) throws(Stop) {
        at += 1
        while true {
            skipSpace(lines: true)
            if take("}") { return }
            try pair(in: node, depth: depth)
            skipSpace(lines: true)
            if take(",") { continue }
            guard take("}") else { throw missing("',' or '}'") }
            return
        }
    }

    // MARK: texts

    /// A text in quotes, without them, its escapes undone.
    private mutating func text(quote: UInt8, manyLines: Bool) throws(Stop) -> String {
        let start = at
        at += manyLines ? 3 : 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote {
                guard manyLines else {
                    at += 1
                    return String(decoding: content, as: UTF8.self)
                }
                // Up to two quotes may stand before the three that end it.
                let count = bytes[at...].prefix(5).prefix { $0 == quote }.count
                at += count
                if count >= 3 { return String(decoding: content, as: UTF8.self) }
                content += Array(repeating: quote, count: count)
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &content)
            } else if !manyLines, isLineEnd {
                break
            } else {
                content.append(byte)
                at += 1
            }
        }
        throw Stop(kind: .unreadable("the quote that ends this string"), offset: start)
    }

    private mutating func escape(into content: inout [UInt8]) throws(Stop) {
        let start = at
        at += 1
        let byte = peek()
        at += byte == nil ? 0 : 1
        let digits: Int
        switch byte {
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        case UInt8(ascii: "b"): return content.append(0x08)
        case UInt8(ascii: "t"): return content.append(0x09)
        case UInt8(ascii: "n"): return content.append(0x0A)
        case UInt8(ascii: "f"): return content.append(0x0C)
        case UInt8(ascii: "r"): return content.append(0x0D)
        case UInt8(ascii: "e"): return content.append(0x1B)
        case .some(let other): return content.append(other)
        case nil: return
        }
        let word = String(decoding: bytes[at...].prefix(digits), as: UTF8.self)
        guard let number = UInt32(word, radix: 16), let scalar = Unicode.Scalar(number) else {
            throw Stop(kind: .unreadable("a character's number"), offset: start)
        }
        guard number != 0 else { throw Stop(kind: .zero, offset: start) }
        at += digits
        content += Array(String(Character(scalar)).utf8)
    }

    // MARK: bytes

    private func missing(_ what: String) -> Stop { Stop(kind: .unreadable(what), offset: at) }

    private static let endsWord = Set(",]}#\n\r".utf8)

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

    private var isLineEnd: Bool { peek() == 0x0A || peek() == 0x0D }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    /// Blanks and comments; where asked for, the ends of lines, too.
    private mutating func skipSpace(lines: Bool) {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09: at += 1
            case UInt8(ascii: "#"): while peek() != nil, !isLineEnd { at += 1 }
            case 0x0A, 0x0D:
                guard lines else { return }
                at += 1
            default: return
            }
        }
    }

    private mutating func node(key: Int, value: Int) throws(Stop) -> Node {
        nodes += 1
        guard nodes <= Self.mostNodes else { throw Stop(kind: .tooMany, offset: key) }
        return Node(key: key, value: value)
    }
}
