import Model

/// The lines of a text in UTF-8: from an offset in bytes to line and column.
struct TextLines {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
        self.starts = starts
    }

    func place(at offset: Int) -> TextPlace {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        var start = starts[low]
        // A byte order mark is no character of the text.
        if start == 0, bytes.starts(with: TOMLOutline.byteOrderMark) { start = 3 }
        let end = min(max(offset, start), bytes.count)
        // Bytes that go on with a character count for nothing.
        let column = bytes[start..<end].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return TextPlace(line: low + 1, column: column)
    }

    /// The offset of a place; that of the end of its line where it has no such column.
    func offset(of place: TextPlace) -> Int {
        guard starts.indices.contains(place.line - 1) else { return bytes.count }
        var offset = starts[place.line - 1]
        var column = 1
        while offset < bytes.count, bytes[offset] != 0x0A {
            if bytes[offset] & 0xC0 != 0x80 {
                if column == place.column { break }
                column += 1
            }
            offset += 1
        }
        return offset
    }
}
