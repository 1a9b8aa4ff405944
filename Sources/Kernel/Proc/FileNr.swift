import Model

/// `/proc/sys/fs/file-nr`: open files of the whole host, a zero, and their limit.
///
/// https://docs.kernel.org/admin-guide/sysctl/fs.html#file-max-file-nr
enum FileNr {
    static let path = "/proc/sys/fs/file-nr"

    static func parse(_ bytes: Span<UInt8>) -> FileTable? {
        var position = 0
        guard let line = bytes.line(from: &position) else { return nil }
        var column = line.lowerBound
        guard let first = bytes.word(from: &column, to: line.upperBound),
            bytes.word(from: &column, to: line.upperBound) != nil,
            let third = bytes.word(from: &column, to: line.upperBound),
            let allocated = bytes.decimal(first), let maximum = bytes.decimal(third)
        else { return nil }
        return FileTable(allocated: allocated, maximum: maximum)
    }
}
