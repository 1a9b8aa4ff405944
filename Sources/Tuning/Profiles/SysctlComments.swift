/// The comments of a sysctl.d file, which say why its author set what stands below or beside them.
struct SysctlComments {
    /// By the number of the line, counted from 1; those that are no comments are nil.
    private let lines: [String?]

    /// A reason of so many letters is carried over.
    private static let longest = 400

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { row in
            let line = Self.trimmed(String(decoding: row, as: UTF8.self)[...])
            guard let first = line.first, first == "#" || first == ";" else { return nil }
            return Self.words(line)
        }
    }

    /// The comment right above a line, however many lines it has; nil without one.
    func above(_ number: Int) -> String? {
        var words: [String] = []
        var line = number - 2
        while lines.indices.contains(line), let comment = lines[line] {
            words.append(comment)
            line -= 1
        }
        return Self.reason(words.reversed().joined(separator: " "))
    }

    /// The comment behind a value; nil without one.
    func trailing(_ value: String) -> String? {
        guard let mark = value.firstIndex(where: { $0 == "#" || $0 == ";" }),
            mark > value.startIndex,
            value[value.index(before: mark)].isWhitespace
        else { return nil }
        return Self.reason(Self.words(value[mark...]))
    }

    private static func reason(_ text: String) -> String? {
        let text = trimmed(text[...])
        return text.contains(where: \.isLetter) ? String(text.prefix(longest)) : nil
    }

    /// What a comment says, without its marks and rules; nothing for a setting that was commented out.
    private static func words(_ line: Substring) -> String {
        let marks: Set<Character> = ["#", ";", "=", "-", "*", "~"]
        var text = trimmed(line)
        while let first = text.first, marks.contains(first) || first.isWhitespace {
            text.removeFirst()
        }
        while let last = text.last, marks.contains(last) || last.isWhitespace { text.removeLast() }
        if let equals = text.firstIndex(of: "=") {
            let key = trimmed(text[..<equals])
            if key.contains(where: { $0 == "." || $0 == "/" }), !key.contains(where: \.isWhitespace)
            {
                return ""
            }
        }
        return String(text)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
