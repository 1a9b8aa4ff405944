import Model
import Text

/// `/proc/net/softnet_stat`: a line of hexadecimal columns a processor, here summed up in the group `softnet`.
///
/// The file has no names; they are those of the kernel's variables. It counts the whole host in whatever namespace it
/// is read, and each processor's number wraps at 32 bits.
/// Source: `net/core/net-procfs.c:softnet_seq_show`.
enum NetSoftnetStat {
    static let path = "/proc/net/softnet_stat"

    /// Columns 4…8 have been zero since 2.6.36 and column 13 is the processor's number: they tell nothing.
    private static let columns: [String?] = [
        "processed", "dropped", "time_squeeze", nil, nil, nil, nil, nil, "cpu_collision",
        "received_rps", "flow_limit_count", "backlog_len", nil, "input_qlen", "process_qlen",
    ]

    static func parse(_ bytes: Span<UInt8>, into counters: inout Counters) {
        var group: [String: Int64] = [:]
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            for name in columns {
                guard let word = bytes.word(from: &column, to: line.upperBound),
                    word.count <= 8, let value = bytes.hexadecimal(word)
                else { break }
                if let name { group[name, default: 0] &+= Int64(value) }
            }
        }
        if !group.isEmpty { counters.groups["softnet"] = group }
    }
}
