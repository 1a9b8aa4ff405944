/// What is written into a packet: whole numbers, little end first, and text behind its length.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append<Integer: FixedWidthInteger>(_ integer: Integer) {
        var rest = integer
        for _ in 0..<Integer.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = Integer.bitWidth > 8 ? rest >> 8 : 0
        }
    }

    /// Cut where it is longer than a name ever is.
    mutating func append(_ text: String) {
        let utf8 = text.utf8.prefix(WireReader.longestText)
        append(UInt16(utf8.count))
        bytes += utf8
    }
}

/// Reads what ``WireWriter`` wrote; nil for what is not there.
struct WireReader {
    private var rest: ArraySlice<UInt8>

    static let longestText = 4096

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func next<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self) -> Integer? {
        let size = Integer.bitWidth / 8
        guard rest.count >= size else { return nil }
        var integer: Integer = 0
        for byte in rest.prefix(size).reversed() {
            integer = Integer.bitWidth > 8 ? integer << 8 : 0
            integer |= Integer(truncatingIfNeeded: byte)
        }
        rest.removeFirst(size)
        return integer
    }

    mutating func nextText() -> String? {
        guard let length: UInt16 = next(), length <= Self.longestText, rest.count >= length else {
            return nil
        }
        defer { rest.removeFirst(Int(length)) }
        return String(decoding: rest.prefix(Int(length)), as: UTF8.self)
    }

    /// Whether these bytes come next; they are passed over then.
    mutating func takes(_ mark: [UInt8]) -> Bool {
        guard rest.starts(with: mark) else { return false }
        rest.removeFirst(mark.count)
        return true
    }
}
