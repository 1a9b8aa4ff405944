/// Lines, words and numbers of a text that the kernel wrote, found without making strings.
///
/// Every position is checked; a text cut short, or one that is no text at all, gives nil and never a trap.
extension Span where Element == UInt8 {
    /// The line that starts at `position`, without its newline; nil at the end of the text.
    func line(from position: inout Int) -> Range<Int>? {
        guard position < count else { return nil }
        let start = position
        while position < count, self[position] != 10 { position += 1 }
        let end = position
        position += 1
        return start..<end
    }

    /// The next word between blanks or tabs before `end`; nil where only blanks are left.
    func word(from position: inout Int, to end: Int) -> Range<Int>? {
        while position < end, self[position] == 32 || self[position] == 9 { position += 1 }
        guard position < end else { return nil }
        let start = position
        while position < end, self[position] != 32, self[position] != 9 { position += 1 }
        return start..<position
    }

    /// A decimal number that fills the range, with or without a minus sign.
    func decimal(_ range: Range<Int>) -> Int64? {
        var position = range.lowerBound
        let isNegative = position < range.upperBound && self[position] == 45
        if isNegative { position += 1 }
        guard position < range.upperBound else { return nil }
        var value: Int64 = 0
        while position < range.upperBound {
            let digit = self[position] &- 48
            guard digit < 10 else { return nil }
            let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, isStillTooBig) = product.subtractingReportingOverflow(Int64(digit))
            if isTooBig || isStillTooBig { return nil }
            value = sum
            position += 1
        }
        // Built below zero, where Int64 has one number more.
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    /// True for digits with or without a minus sign, however many.
    func isNumber(_ range: Range<Int>) -> Bool {
        let start = self[range.lowerBound] == 45 ? range.lowerBound + 1 : range.lowerBound
        return start < range.upperBound
            && (start..<range.upperBound).allSatisfy { self[$0] &- 48 < 10 }
    }

    /// A hexadecimal number of at most 16 digits that fills the range.
    func hexadecimal(_ range: Range<Int>) -> UInt64? {
        guard 1...16 ~= range.count else { return nil }
        var value: UInt64 = 0
        for position in range {
            guard let digit = Self.hexadecimalDigit(self[position]) else { return nil }
            value = value << 4 | UInt64(digit)
        }
        return value
    }

    /// The value of `0`…`9`, `a`…`f`, `A`…`F`.
    @inline(__always)
    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        let decimal = byte &- 48
        if decimal < 10 { return decimal }
        let letter = (byte | 32) &- 97
        return letter < 6 ? letter + 10 : nil
    }

    /// The bytes as a string; what is no UTF-8 becomes U+FFFD.
    func text(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
    }

    /// True where the range begins with these characters.
    func begins(_ range: Range<Int>, with word: StaticString) -> Bool {
        guard range.count >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount
        where unsafe self[range.lowerBound + index] != word.utf8Start[index] {
            return false
        }
        return true
    }
}
