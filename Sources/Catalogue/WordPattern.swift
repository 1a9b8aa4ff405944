/// A text to be found in a line as whole words.
///
/// `#` stands for any number, a space for any run of blanks or an underscore: `connection_refused` too is
/// "connection refused".
struct WordPattern {
    private let bytes: [UInt8]

    /// In lower case; it begins and ends with a letter, a digit, `#` or a sign that matters.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// The first word, by which patterns are found.
    var firstWord: ArraySlice<UInt8> { bytes.prefix { $0.isWordPart } }

    var count: Int { bytes.count }

    /// True if it is somewhere in the line.
    func isIn(_ line: [UInt8]) -> Bool {
        line.indices.contains { start in
            (start == 0 || !line[start - 1].isWordPart) && matches(line, at: start)
        }
    }

    /// True if it is at this place, which is the beginning of a word, and ends with a word.
    func matches(_ line: [UInt8], at start: Int) -> Bool {
        var place = start
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "#"):
                let from = place
                while place < line.count, line[place].isDigit { place += 1 }
                guard place > from else { return false }
            case UInt8(ascii: " "):
                let from = place
                while place < line.count, line[place] == byte || line[place] == UInt8(ascii: "_") {
                    place += 1
                }
                guard place > from else { return false }
            default:
                guard place < line.count, line[place] == byte else { return false }
                place += 1
            }
        }
        guard let last = bytes.last, last.isWordPart || last == UInt8(ascii: "#"),
            place < line.count
        else { return true }
        return !line[place].isWordPart
    }
}

extension UInt8 {
    /// Of what words are made: without that, "errno 10" would be found in "errno 104".
    var isWordPart: Bool { isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }

    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
