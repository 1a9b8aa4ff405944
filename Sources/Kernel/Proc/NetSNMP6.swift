import Model

/// `/proc/net/snmp6`: one name and one value a line, here in the group `snmp6`.
///
/// Absent where the kernel runs without IPv6. https://docs.kernel.org/filesystems/proc.html (table 1-9)
enum NetSNMP6 {
    static let path = "/proc/net/snmp6"

    static func parse(_ bytes: Span<UInt8>, into counters: inout Counters) {
        var group: [String: Int64] = [:]
        group.reserveCapacity(bytes.count / 40)
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard let name = bytes.word(from: &column, to: line.upperBound),
                let word = bytes.word(from: &column, to: line.upperBound),
                bytes.word(from: &column, to: line.upperBound) == nil,
                let value = bytes.decimal(word)
            else { continue }
            group[bytes.text(name)] = value
        }
        if !group.isEmpty { counters.add(group, to: "snmp6") }
    }
}
