import Model
import Text

/// The lines of a record: a name, a blank, a value; the last one is a checksum of all before it.
///
/// A person can read it where all else fails. What is no printable ASCII is written as `%` and two hexadecimal digits.
struct RecordText {
    private(set) var lines = ""

    mutating func add(_ name: StaticString, _ value: String) {
        lines += "\(name) \(Self.escaped(value.utf8))\n"
    }

    mutating func add(_ name: StaticString, _ value: (some CustomStringConvertible)?) {
        if let value { add(name, value.description) }
    }

    mutating func add(_ name: StaticString, bytes: [UInt8]) {
        lines += "\(name) \(Self.escaped(bytes))\n"
    }

    /// The bytes of the file: the lines, and their checksum.
    var sealed: [UInt8] {
        let body = Array(lines.utf8)
        return body + Self.seal(of: body)
    }

    /// The last line of a file whose other lines are these.
    static func seal(of body: [UInt8]) -> [UInt8] {
        Array("sha256 \(SHA256.hex(of: body))\n".utf8)
    }

    static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if (0x20...0x7E).contains(byte), byte != 0x25 {
                text.append(byte)
            } else {
                text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil where it is no such text.
    static func unescaped(_ text: Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.makeIterator()
        while let byte = rest.next() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

/// The lines of a record, read one after the other.
struct RecordReader {
    private var rest: Substring

    init(_ text: Substring) { rest = text }

    var isAtEnd: Bool { rest.isEmpty }

    /// The value of the next line, if it has that name.
    mutating func next(_ name: StaticString) -> String? {
        bytes(name).map { String(decoding: $0, as: UTF8.self) }
    }

    mutating func number<Number: FixedWidthInteger>(_ name: StaticString, as: Number.Type)
        -> Number?
    {
        guard let text = next(name), let number = Number(text), number.description == text else {
            return nil
        }
        return number
    }

    mutating func bytes(_ name: StaticString) -> [UInt8]? {
        let name = name.description + " "
        guard rest.utf8.starts(with: name.utf8), let end = rest.utf8.firstIndex(of: 0x0A) else {
            return nil
        }
        let value = rest.utf8[..<end].dropFirst(name.utf8.count)
        guard let bytes = RecordText.unescaped(value) else { return nil }
        rest = rest[rest.utf8.index(after: end)...]
        return bytes
    }
}
