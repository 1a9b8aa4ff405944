/// A growing array that never moves what it holds: growth costs no copy and no second buffer.
struct ChunkedArray<Element> {
    private static var shift: Int { 10 }
    private static var mask: Int { 1 << shift - 1 }

    private var chunks: [[Element]] = []
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count & Self.mask == 0 {
            var chunk: [Element] = []
            chunk.reserveCapacity(1 << Self.shift)
            chunks.append(chunk)
        }
        chunks[count >> Self.shift].append(element)
        count += 1
    }

    subscript(index: Int) -> Element {
        _read { yield chunks[index >> Self.shift][index & Self.mask] }
        _modify { yield &chunks[index >> Self.shift][index & Self.mask] }
    }
}

extension ChunkedArray: Sendable where Element: Sendable {}
