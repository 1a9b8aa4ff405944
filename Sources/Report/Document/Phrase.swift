package import Audit

/// A run of text in few styles; what it holds may come from others, so every renderer escapes it.
package struct Phrase: Sendable, Hashable {
    package var spans: [Span]

    package init(spans: [Span] = []) { self.spans = spans }
    package init(_ text: String) { spans = text.isEmpty ? [] : [Span(text, .plain)] }

    package var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }
    /// The words alone, not escaped.
    package var plain: String { spans.map(\.text).joined() }

    package static func strong(_ text: String) -> Phrase { Phrase(spans: [Span(text, .strong)]) }
    package static func quiet(_ text: String) -> Phrase { Phrase(spans: [Span(text, .quiet)]) }
    package static func code(_ text: String) -> Phrase { Phrase(spans: [Span(text, .code)]) }
    package static func good(_ text: String) -> Phrase { Phrase(spans: [Span(text, .good)]) }
    package static func severity(_ severity: Severity, _ text: String) -> Phrase {
        Phrase(spans: [Span(text, .severity(severity))])
    }

    package static func + (left: Phrase, right: Phrase) -> Phrase {
        Phrase(spans: left.spans + right.spans)
    }

    package static func += (left: inout Phrase, right: Phrase) { left.spans += right.spans }
}

extension Phrase: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }
}

extension [Phrase] {
    /// The phrases in a row, those that are empty left out.
    package func joined(by separator: String) -> Phrase {
        var whole = Phrase()
        for phrase in self where !phrase.isEmpty {
            if !whole.isEmpty { whole += Phrase(separator) }
            whole += phrase
        }
        return whole
    }
}

/// A piece of text in one style.
package struct Span: Sendable, Hashable {
    package enum Style: Sendable, Hashable {
        case plain, strong, quiet
        /// What is typed or read literally: a command, a key, a path.
        case code
        case good
        /// The name of the part of that number; where pages can lead somewhere, it leads there.
        case part(Int)
        case severity(Severity)
    }

    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style) {
        self.text = text
        self.style = style
    }
}
