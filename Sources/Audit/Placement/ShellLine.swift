/// A line for a shell, split into its commands.
struct ShellLine {
    /// A command, and what separates it from the next: ` && `, ` | `, `; `; empty after the last.
    struct Part {
        var command: String
        var separator: String
    }

    private(set) var parts: [Part] = []
    /// Whether it contains a loop, a condition or a command within another, so that its parts are not separate
    /// commands.
    let isScript: Bool

    private static let keywords: Set<String> = [
        "for", "while", "until", "if", "case", "do", "then", "{", "(",
    ]

    init(_ text: String) {
        // Scalars, not characters: a mark that follows `|` must not hide it.
        var command = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var substitutes = false
        var rest = text.unicodeScalars[...]
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open { quote = nil }
                if open == "\"", character == "`" || character == "$" && rest.first == "(" {
                    substitutes = true
                }
                command.append(character)
            } else if character == "\\", let next = rest.popFirst() {
                command.append(contentsOf: [character, next])
            } else if character == "'" || character == "\"" {
                quote = character
                command.append(character)
            } else if character == "`" || character == "$" && rest.first == "(" {
                substitutes = true
                command.append(character)
            } else if let separator = Self.separator(character, &rest) {
                parts.append(Part(command: Self.trimmed(command), separator: separator))
                command = String.UnicodeScalarView()
            } else {
                command.append(character)
            }
        }
        let last = Self.trimmed(command)
        if !last.isEmpty || parts.isEmpty { parts.append(Part(command: last, separator: "")) }
        isScript =
            substitutes || quote != nil
            || parts.contains { Self.keywords.contains(Self.words($0.command).first ?? "") }
    }

    /// `&` of a redirection (`2>&1`) separates nothing.
    private static func separator(
        _ character: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView
    ) -> String? {
        switch character {
        case "&" where rest.first == "&", "|" where rest.first == "|":
            rest.removeFirst()
            return " \(character)\(character) "
        case "|": return " | "
        case ";": return "; "
        default: return nil
        }
    }

    private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        let end = scalars.reversed().drop { $0 == " " }.count
        return String(Substring(scalars.prefix(end).drop { $0 == " " }))
    }

    static func isKeyword(_ word: String) -> Bool { keywords.contains(word) }

    static func words(_ command: String) -> [String] {
        command.unicodeScalars.split { $0 == " " }.map { String($0) }
    }
}
