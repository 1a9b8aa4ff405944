/// `/proc/meminfo`: the host's memory by name, in bytes.
///
/// The kernel writes `kB` and means 1024. Lines without a unit (`HugePages_Total`) are counts, no sizes, and are left out.
/// https://docs.kernel.org/filesystems/proc.html#meminfo
enum Meminfo {
    static let path = "/proc/meminfo"

    static func parse(_ bytes: Span<UInt8>) -> [String: Int64] {
        var memory: [String: Int64] = [:]
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard let name = bytes.word(from: &column, to: line.upperBound),
                name.count > 1, bytes[name.upperBound - 1] == 58,
                let word = bytes.word(from: &column, to: line.upperBound),
                let kibibytes = bytes.decimal(word), kibibytes >= 0,
                let unit = bytes.word(from: &column, to: line.upperBound),
                bytes.text(unit) == "kB"
            else { continue }
            let (size, isTooBig) = kibibytes.multipliedReportingOverflow(by: 1024)
            if !isTooBig { memory[bytes.text(name.lowerBound..<name.upperBound - 1)] = size }
        }
        return memory
    }
}
