import Text

/// Text made harmless for Markdown and for the HTML that it turns into.
enum MarkdownText {
    static func phrase(_ phrase: Phrase) -> String {
        phrase.spans.map { span in
            switch span.style {
            case .plain, .quiet: escaped(span.text)
            case .code: code(span.text)
            case .strong, .part, .good, .severity: "**" + escaped(span.text) + "**"
            }
        }.joined()
    }

    /// A phrase without its styles.
    static func flat(_ phrase: Phrase) -> String { escaped(phrase.plain) }

    /// All that could begin markup anywhere in a line is escaped; `<` and `&` become entities.
    ///
    /// Markdown reads scalars, not characters: a bar with a combining mark upon it ends a cell as any other.
    static func escaped(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        for scalar in TerminalText.escaped(text).unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$":
                safe.append("\\")
                safe.append(scalar)
            case "<": safe.append(contentsOf: "&lt;".unicodeScalars)
            case ">": safe.append(contentsOf: "&gt;".unicodeScalars)
            case "&": safe.append(contentsOf: "&amp;".unicodeScalars)
            // A reader of Markdown looks for addresses of mail once entities are characters again; never across a comment.
            case "@": safe.append(contentsOf: "<!-- -->&#64;".unicodeScalars)
            // `://` and `www.` would become links.
            case "/" where safe.suffix(2).elementsEqual(":/".unicodeScalars):
                safe.append(contentsOf: "&#47;".unicodeScalars)
            case "." where safe.suffix(3).map(\.properties.lowercaseMapping) == ["w", "w", "w"]:
                safe.append(contentsOf: "&#46;".unicodeScalars)
            default: safe.append(scalar)
            }
        }
        return withHarmlessStart(safe)
    }

    /// At the beginning of a line, `- `, `+ `, `= ` and `1. ` would begin a list or a heading, and four spaces a block of code.
    private static func withHarmlessStart(_ text: String.UnicodeScalarView) -> String {
        guard let first = text.first else { return "" }
        if "-+=".unicodeScalars.contains(first) { return "\\" + String(text) }
        if text.prefix(4).elementsEqual("    ".unicodeScalars) {
            return "&#32;" + String(Substring(text.dropFirst()))
        }
        let digits = text.prefix { "0"..."9" ~= $0 }
        let rest = text[digits.endIndex...]
        guard !digits.isEmpty, let mark = rest.first, ".)".unicodeScalars.contains(mark),
            rest.dropFirst().first.map({ $0 == " " }) ?? true
        else { return String(text) }
        return String(Substring(digits)) + "\\" + String(Substring(rest))
    }

    /// A line of code; where backquotes cannot hold it, an element does.
    static func code(_ text: String) -> String {
        let safe = TerminalText.escaped(text)
        // In GitHub's Markdown a bar ends a cell within backquotes, too; blanks alone are no code.
        let isPlain = !safe.unicodeScalars.contains { "`|<&".unicodeScalars.contains($0) }
        guard !isPlain || safe.allSatisfy({ $0 == " " }) else {
            return "`" + safe + "`"
        }
        return "<code>" + escaped(text) + "</code>"
    }

    /// A block of code; where a fence would show markup as it is, an element holds it.
    static func block(_ text: String) -> [String] {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard text.unicodeScalars.contains(where: { "`<&".unicodeScalars.contains($0) }) else {
            return ["```"] + lines.map(TerminalText.escaped) + ["```"]
        }
        var safe = lines.map(HTML.escaped)
        safe[0] = "<pre><code>" + safe[0]
        safe[safe.count - 1] += "</code></pre>"
        return safe
    }
}
