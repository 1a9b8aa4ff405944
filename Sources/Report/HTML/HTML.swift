import Text

/// Markup in the making: names are fixed in the program, all else is escaped on its way in.
struct HTML {
    private(set) var markup = ""

    /// Adds text, with what means something to HTML or to a reader's eye escaped.
    mutating func text(_ text: String) { markup += Self.escaped(LineBreaking.marked(text)) }

    /// Adds text as it is typed, its spaces plain.
    mutating func literal(_ text: String) { markup += Self.escaped(text) }

    /// Adds an element with what the closure puts inside; an attribute without a value is left out.
    mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        _ content: (inout HTML) -> Void = { _ in }
    ) {
        open(name, attributes)
        content(&self)
        markup += "</\(name)>"
    }

    /// Adds an element that holds nothing and has no end tag: `meta`.
    mutating func void(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]
    ) {
        open(name, attributes)
    }

    mutating func append(_ other: HTML) { markup += other.markup }

    /// Adds the program's own style sheet; nothing of others may come in here.
    mutating func style(_ sheet: StaticString) { markup += "<style>\(sheet)</style>" }

    /// Ends a line of the source, for those who read it.
    mutating func newline() { markup += "\n" }

    private mutating func open(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
    ) {
        markup += "<\(name)"
        for (name, value) in attributes where !value.isEmpty {
            markup += " \(name)=\"\(Self.escaped(value))\""
        }
        markup += ">"
    }

    static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in TerminalText.escaped(text).unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
