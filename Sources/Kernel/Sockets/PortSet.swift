/// A set of ports, a bit each.
struct PortSet: Sendable {
    private var words: [UInt64] = Array(repeating: 0, count: 65536 / 64)

    mutating func insert(_ port: UInt16) { words[Int(port >> 6)] |= 1 << UInt64(port & 63) }

    func contains(_ port: UInt16) -> Bool { words[Int(port >> 6)] >> UInt64(port & 63) & 1 != 0 }

    /// The ports of its word that are in the set, as bits.
    func bits(of word: Int) -> UInt64 { words[word] }

    /// The kernel's text of a list of ports, `8080,9000-9100`; nil for an empty one.
    init?(_ text: some StringProtocol) {
        self.init()
        var isEmpty = true
        for part in text.split(whereSeparator: { ",\t\n ".contains($0) }) {
            let ends = part.split(separator: "-", maxSplits: 1).compactMap { UInt16($0) }
            guard let low = ends.first, let high = ends.last, low <= high else { continue }
            isEmpty = false
            for port in low...high { insert(port) }
        }
        if isEmpty { return nil }
    }

    init() {}

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// In order.
    var members: [UInt16] {
        (0...UInt16.max).filter { words[Int($0 >> 6)] >> UInt64($0 & 63) & 1 != 0 }
    }
}
