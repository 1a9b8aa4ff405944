/// A count for each second of a minute, and how it lies in a file.
///
/// Of four ways of writing it the shortest is taken; the first byte says which:
///
/// | first byte | then | for |
/// |---|---|---|
/// | 0…59 | so many pairs of a second and a count; the other seconds have none | what happens rarely |
/// | 64…96 | the lowest count, then 60 differences to it of 0…32 bits each, the low bits first | what goes on steadily |
/// | 128 | 60 counts | steady, with a burst |
///
/// Counts are written in groups of seven bits, the low ones first, as LEB128 is.
package struct MinuteSeries: Sendable, Hashable {
    package private(set) var counts: [UInt32]

    package static let seconds = 60
    private static let (packed, plain): (UInt8, UInt8) = (64, 128)

    package init() { counts = Array(repeating: 0, count: Self.seconds) }

    package subscript(second: Int) -> UInt32 {
        get { counts[second] }
        set { counts[second] = newValue }
    }

    package var total: Int { counts.reduce(0) { $0 + Int($1) } }
    package var highest: Int { Int(counts.max() ?? 0) }

    package mutating func add(_ count: UInt32, at second: Int) {
        let (sum, isTooMuch) = counts[second].addingReportingOverflow(count)
        counts[second] = isTooMuch ? .max : sum
    }

    package mutating func add(_ other: MinuteSeries) {
        for second in counts.indices { add(other.counts[second], at: second) }
    }

    /// The other's counts in these seconds.
    package mutating func take(_ mask: SecondMask, of other: MinuteSeries) {
        for second in counts.indices where mask.contains(second) {
            counts[second] = other.counts[second]
        }
    }

    // MARK: bytes

    package var bytes: [UInt8] {
        let low = counts.min() ?? 0
        let width = (counts.max() ?? 0) - low
        let bits = UInt32.bitWidth - width.leadingZeroBitCount
        let packedSize = 1 + Self.size(of: low) + (bits * Self.seconds + 7) / 8
        let plainSize = 1 + counts.reduce(0) { $0 + Self.size(of: $1) }
        let filled = counts.count { $0 > 0 }
        let sparseSize = 1 + counts.reduce(0) { $0 + ($1 > 0 ? 1 + Self.size(of: $1) : 0) }
        if sparseSize <= packedSize, sparseSize <= plainSize, filled < Self.seconds {
            return sparse(filled)
        }
        return packedSize <= plainSize ? packed(low, bits) : plainly
    }

    private func sparse(_ filled: Int) -> [UInt8] {
        var bytes = [UInt8(filled)]
        for (second, count) in counts.enumerated() where count > 0 {
            bytes.append(UInt8(second))
            Self.append(count, to: &bytes)
        }
        return bytes
    }

    private func packed(_ low: UInt32, _ bits: Int) -> [UInt8] {
        var bytes = [Self.packed + UInt8(bits)]
        Self.append(low, to: &bytes)
        var (word, held): (UInt64, Int) = (0, 0)
        for count in counts where bits > 0 {
            word |= UInt64(count - low) << UInt64(held)
            held += bits
            while held >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
                held -= 8
            }
        }
        if held > 0 { bytes.append(UInt8(truncatingIfNeeded: word)) }
        return bytes
    }

    private var plainly: [UInt8] {
        var bytes = [Self.plain]
        for count in counts { Self.append(count, to: &bytes) }
        return bytes
    }

    /// Reads what ``bytes`` wrote; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let first = rest.popFirst() else { return nil }
        self.init()
        switch first {
        case 0..<UInt8(Self.seconds):
            for _ in 0..<first {
                guard let second = rest.popFirst(), second < Self.seconds,
                    let count = Self.count(&rest)
                else { return nil }
                counts[Int(second)] = count
            }
        case Self.packed...Self.packed + 32:
            guard unpack(&rest, bits: Int(first - Self.packed)) else { return nil }
        case Self.plain:
            for second in counts.indices {
                guard let count = Self.count(&rest) else { return nil }
                counts[second] = count
            }
        default: return nil
        }
        guard rest.isEmpty else { return nil }
    }

    private mutating func unpack(_ rest: inout ArraySlice<UInt8>, bits: Int) -> Bool {
        guard let low = Self.count(&rest) else { return false }
        var (word, held): (UInt64, Int) = (0, 0)
        for second in counts.indices {
            while held < bits {
                guard let byte = rest.popFirst() else { return false }
                word |= UInt64(byte) << UInt64(held)
                held += 8
            }
            let (count, isTooMuch) = low.addingReportingOverflow(
                UInt32(truncatingIfNeeded: word & ((1 << UInt64(bits)) - 1)))
            guard !isTooMuch else { return false }
            counts[second] = count
            word >>= UInt64(bits)
            held -= bits
        }
        return true
    }

    /// The lowest and the highest of them, of which most are below 128.
    private static func size(of count: UInt32) -> Int {
        max(1, (UInt32.bitWidth - count.leadingZeroBitCount + 6) / 7)
    }

    static func append(_ count: UInt32, to bytes: inout [UInt8]) {
        var rest = count
        while rest >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func count(_ bytes: inout ArraySlice<UInt8>) -> UInt32? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 28, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return UInt32(exactly: value) }
        }
        return nil
    }
}
