import Audit

/// The escape sequences of each style; the only place that makes an ESC.
enum Colour {
    static func paint(_ text: String, _ style: Span.Style) -> String {
        guard let code = code(style), !text.isEmpty else { return text }
        return "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }

    /// The parameters of SGR (ECMA-48 §8.3.117); of the sixteen colours that every theme makes readable.
    private static func code(_ style: Span.Style) -> String? {
        switch style {
        case .plain: nil
        case .strong, .part: "1"
        case .quiet: "2"
        case .code: "36"
        case .good: "32"
        case .severity(.critical): "1;31"
        case .severity(.warning): "1;33"
        case .severity(.notice): "1;34"
        case .severity(.myth): "1;35"
        }
    }
}
