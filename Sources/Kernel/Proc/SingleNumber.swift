/// A file of `/proc/sys` that holds one decimal number and a newline.
package enum SingleNumber {
    package static func parse(_ bytes: Span<UInt8>) -> Int64? {
        var position = 0
        guard let line = bytes.line(from: &position) else { return nil }
        var column = line.lowerBound
        guard let word = bytes.word(from: &column, to: line.upperBound),
            bytes.word(from: &column, to: line.upperBound) == nil
        else { return nil }
        return bytes.decimal(word)
    }
}
