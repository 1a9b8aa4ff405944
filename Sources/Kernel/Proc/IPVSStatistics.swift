import Model
import Text

/// `/proc/net/ip_vs_stats`: packets that IPVS took over before TCP saw them; absent without its module.
///
/// Three lines: two of headings, one of hexadecimal sums: connections, packets in and out, bytes in and out.
/// Source: `net/netfilter/ipvs/ip_vs_ctl.c:ip_vs_stats_show`.
enum IPVSStatistics {
    static let path = "/proc/net/ip_vs_stats"

    static func parse(_ bytes: Span<UInt8>, into counters: inout Counters) {
        var position = 0
        var number = 0
        while let line = bytes.line(from: &position) {
            number += 1
            guard number == 3 else { continue }
            var column = line.lowerBound
            guard bytes.word(from: &column, to: line.upperBound) != nil,
                let packets = bytes.word(from: &column, to: line.upperBound),
                let count = bytes.hexadecimal(packets), count <= UInt64(Int64.max)
            else { return }
            counters["ip_vs", "packets"] = Int64(count)
        }
    }
}
