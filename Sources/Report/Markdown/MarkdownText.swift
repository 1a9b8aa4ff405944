/// Text made harmless for Markdown and for the HTML that it turns into.
enum MarkdownText {
    static func phrase(_ phrase: Phrase) -> String {
        phrase.spans.map { span in
            switch span.style {
            case .plain, .quiet: escaped(span.text)
            case .code: code(span.text)
            case .strong, .good, .severity: "**" + escaped(span.text) + "**"
            }
        }.joined()
    }

    /// A phrase without its styles.
    static func flat(_ phrase: Phrase) -> String { escaped(phrase.plain) }

    /// All that could begin markup anywhere in a line is escaped; `<` and `&` become entities.
    static func escaped(_ text: String) -> String {
        var safe = ""
        for character in TerminalText.escaped(text) {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": safe += "\\\(character)"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "&": safe += "&amp;"
            case "@": safe += "&#64;"
            // `://` and `www.` would become links.
            case "/": safe += safe.hasSuffix(":/") ? "&#47;" : "/"
            case ".": safe += safe.hasSuffix("www") ? "&#46;" : "."
            default: safe.append(character)
            }
        }
        return withHarmlessStart(safe)
    }

    /// At the beginning of a line, `- `, `+ `, `= ` and `1. ` would begin a list or a heading.
    private static func withHarmlessStart(_ text: String) -> String {
        guard let first = text.first else { return text }
        if "-+=".contains(first) { return "\\" + text }
        let digits = text.prefix { $0.isNumber }
        guard !digits.isEmpty, let mark = text.dropFirst(digits.count).first, ".)".contains(mark),
            text.dropFirst(digits.count + 1).first == " "
        else { return text }
        return digits + "\\" + text.dropFirst(digits.count)
    }

    /// A line of code; where backquotes cannot hold it, an element does.
    static func code(_ text: String) -> String {
        let safe = TerminalText.escaped(text)
        guard safe.contains(where: { "`|<&".contains($0) }) || safe.isEmpty else {
            return "`" + safe + "`"
        }
        return "<code>" + escaped(text) + "</code>"
    }

    /// A block of code; where a fence would show markup as it is, an element holds it.
    static func block(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard text.contains(where: { "`<&".contains($0) }) else {
            return ["```"] + lines.map(TerminalText.escaped) + ["```"]
        }
        var safe = lines.map(HTML.escaped)
        safe[0] = "<pre><code>" + safe[0]
        safe[safe.count - 1] += "</code></pre>"
        return safe
    }
}
