import Model
import Text

/// `/proc/net/stat/nf_conntrack`: a line of names, then a line of hexadecimal columns a processor.
///
/// Here summed up in the group `nf_conntrack`, but for `entries`, which every line repeats for the whole namespace.
/// Each processor's number wraps at 32 bits. Absent until connections are tracked.
/// Source: `net/netfilter/nf_conntrack_standalone.c:ct_cpu_seq_show`.
enum NetStatNFConntrack {
    static let path = "/proc/net/stat/nf_conntrack"

    static func parse(_ bytes: Span<UInt8>, into counters: inout Counters) {
        var position = 0
        guard let header = bytes.line(from: &position) else { return }
        var names: [String] = []
        var column = header.lowerBound
        while let name = bytes.word(from: &column, to: header.upperBound) {
            names.append(bytes.text(name))
        }
        while let line = bytes.line(from: &position) {
            guard let values = values(of: line, in: bytes), values.count == names.count else {
                continue
            }
            for (name, value) in zip(names, values) {
                if name == "entries" {
                    counters["nf_conntrack", name] = value
                } else {
                    counters["nf_conntrack", name] =
                        (counters["nf_conntrack", name] ?? 0) &+ value
                }
            }
        }
    }

    private static func values(of line: Range<Int>, in bytes: Span<UInt8>) -> [Int64]? {
        var values: [Int64] = []
        var column = line.lowerBound
        while let word = bytes.word(from: &column, to: line.upperBound) {
            guard word.count <= 8, let value = bytes.hexadecimal(word) else { return nil }
            values.append(Int64(value))
        }
        return values
    }
}
