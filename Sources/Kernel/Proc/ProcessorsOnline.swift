/// `/sys/devices/system/cpu/online`: the processors in use, as ranges: `0-3,6`.
///
/// https://docs.kernel.org/admin-guide/cputopology.html
package enum ProcessorsOnline {
    /// Those of this machine; nil where it cannot be read.
    package static var count: Int? {
        (try? Root.host.bytes(path, expecting: 256)).flatMap { parse($0.span) }
    }

    static let path = "/sys/devices/system/cpu/online"

    /// How many; nil where the text is no such list.
    static func parse(_ bytes: Span<UInt8>) -> Int? {
        var position = 0
        guard let line = bytes.line(from: &position), !line.isEmpty else { return nil }
        var total = 0
        var start = line.lowerBound
        while start <= line.upperBound {
            var end = start
            while end < line.upperBound, bytes[end] != 44 { end += 1 }
            guard let count = processors(in: start..<end, of: bytes) else { return nil }
            total += count
            start = end + 1
        }
        return total
    }

    private static func processors(in range: Range<Int>, of bytes: Span<UInt8>) -> Int? {
        var dash = range.lowerBound
        while dash < range.upperBound, bytes[dash] != 45 { dash += 1 }
        // NR_CPUS is 8192 at most; the bound keeps a hostile tree from overflowing the sum.
        guard let first = bytes.decimal(range.lowerBound..<dash), 0...65535 ~= first else {
            return nil
        }
        guard dash < range.upperBound else { return 1 }
        guard let last = bytes.decimal(dash + 1..<range.upperBound), first...65535 ~= last else {
            return nil
        }
        return Int(last - first) + 1
    }
}
