/// The order in which people count: `web-2` before `web-10`.
public enum NaturalOrder {
    public static func isBefore(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left.unicodeScalars[...], right.unicodeScalars[...])
        while let one = left.first, let other = right.first {
            guard isDigit(one), isDigit(other) else {
                if one != other { return one < other }
                left.removeFirst()
                right.removeFirst()
                continue
            }
            let (first, second) = (takeNumber(&left), takeNumber(&right))
            if first.count != second.count { return first.count < second.count }
            if first != second { return first.lexicographicallyPrecedes(second) }
        }
        return left.isEmpty && !right.isEmpty
    }

    /// Its digits, without zeros before them: a number of any length.
    private static func takeNumber(_ text: inout Substring.UnicodeScalarView) -> [Unicode.Scalar] {
        let digits = Array(text.prefix(while: isDigit))
        text.removeFirst(digits.count)
        return Array(digits.drop { $0 == "0" })
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }
}
