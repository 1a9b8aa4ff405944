/// What names a row, in pieces between which a narrow screen may part it.
enum RouteText {
    /// `10.0.0.5` and `→ 10.0.0.9:5432`; other text is one piece.
    static func pieces(_ text: String, _ look: Look, _ style: Style = .plain) -> [Line] {
        let ends = text.split(separator: "→", maxSplits: 1)
        guard ends.count == 2, ends[0].last == " ", ends[1].first == " " else {
            return [look.line(text, style)]
        }
        return pieces(String(ends[0].dropLast()), String(ends[1].dropFirst()), look, style)
    }

    static func pieces(
        _ source: String, _ destination: String, _ look: Look, _ style: Style = .plain
    ) -> [Line] {
        [look.line(source, style), look.line("→ ", style) + look.line(destination, style)]
    }
}
