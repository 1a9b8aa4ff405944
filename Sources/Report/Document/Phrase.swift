public import Audit

/// A run of text in few styles; what it holds may come from others, so every renderer escapes it.
public struct Phrase: Sendable, Hashable {
    public var spans: [Span]

    public init(spans: [Span] = []) { self.spans = spans }
    public init(_ text: String) { spans = text.isEmpty ? [] : [Span(text, .plain)] }

    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }
    /// The words alone, not escaped.
    public var plain: String { spans.map(\.text).joined() }

    public static func strong(_ text: String) -> Phrase { Phrase(spans: [Span(text, .strong)]) }
    public static func quiet(_ text: String) -> Phrase { Phrase(spans: [Span(text, .quiet)]) }
    public static func code(_ text: String) -> Phrase { Phrase(spans: [Span(text, .code)]) }
    public static func good(_ text: String) -> Phrase { Phrase(spans: [Span(text, .good)]) }
    public static func severity(_ severity: Severity, _ text: String) -> Phrase {
        Phrase(spans: [Span(text, .severity(severity))])
    }

    public static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(spans: left.spans + right.spans)
    }

    public static func += (left: inout Phrase, right: Phrase) { left.spans += right.spans }
}

extension Phrase: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(value) }
}

extension [Phrase] {
    /// The phrases in a row, those that are empty left out.
    public func joined(by separator: String) -> Phrase {
        var whole = Phrase()
        for phrase in self where !phrase.isEmpty {
            if !whole.isEmpty { whole += Phrase(separator) }
            whole += phrase
        }
        return whole
    }
}

/// A piece of text in one style.
public struct Span: Sendable, Hashable {
    public enum Style: Sendable, Hashable {
        case plain, strong, quiet
        /// What is typed or read literally: a command, a key, a path.
        case code
        case good
        case severity(Severity)
    }

    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}
