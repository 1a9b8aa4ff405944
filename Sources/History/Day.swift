import Text

/// A day of UTC, and the file of its records.
package struct Day: Sendable, Hashable, Comparable {
    /// Days since 1970.
    package let number: Int64

    package static let minutes: Int64 = 1440
    package static let seconds: Int64 = 86400

    package init(number: Int64) { self.number = number }
    package init(ofMinute minute: Int64) { number = minute.quotient(by: Self.minutes) }
    package init(ofSecond second: Int64) { number = second.quotient(by: Self.seconds) }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// `2026-11-29`.
    package var text: String { String(UTC.text(Double(number * Self.seconds)).prefix(10)) }
    package var fileName: String { text + ".db" }

    /// The day that a file's name begins with: of its database, its log, or of one that was set aside.
    package init?(file name: String) {
        let bytes = Array(name.utf8.prefix(13))
        guard bytes.count == 13, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10...].elementsEqual(".db".utf8),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let time = UTC.midnight(year, month, day)
        else { return nil }
        number = time / Self.seconds
        guard text == String(name.prefix(10)) else { return nil }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0 as Int?) { sum, digit in
            guard let sum, 48...57 ~= digit else { return nil }
            return sum * 10 + Int(digit) - 48
        }
    }
}

extension Int64 {
    /// Rounded down, also below zero.
    fileprivate func quotient(by divisor: Int64) -> Int64 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
