/// A value a moment as a line of blocks, the last moment at its right end.
package struct Sparkline: Hashable, Sendable {
    /// Oldest first; nil where a moment was not looked at.
    package var values: [Double?]
    /// What a full block stands for; nil takes the highest of the values.
    package var highest: Double?

    package init(_ values: [Double?], highest: Double? = nil) {
        self.values = values
        self.highest = highest
    }

    private static let blocks = Array("▁▂▃▄▅▆▇█".unicodeScalars)
    private static let letters = Array(".:-=+*#".unicodeScalars)

    /// In so many places: more values share a place, of which the highest shows; fewer leave the left empty.
    ///
    /// The lowest sign is for nothing at all, so that what is little is told from it.
    package func line(width: Int, look: Look, style: Style = .code) -> Line {
        guard width > 0 else { return Line() }
        let shown = Self.fitted(values, to: width)
        let signs = look.isUnicode ? Self.blocks : Self.letters
        let highest = highest ?? shown.lazy.compactMap { $0 }.filter(\.isFinite).max() ?? 0
        let cells = shown.map { value -> Cell in
            guard let value, !value.isNaN else { return .blank }
            guard value > 0, highest > 0 else { return Cell(signs[0], style) }
            let steps = Double(signs.count - 1)
            let step = Int((min(value / highest, 1) * steps).rounded(.up))
            return Cell(signs[min(max(step, 1), signs.count - 1)], style)
        }
        return Line(cells).rightAligned(to: width)
    }

    /// The highest of each stretch; a stretch without any value has none.
    private static func fitted(_ values: [Double?], to width: Int) -> [Double?] {
        guard values.count > width else { return values }
        return (0..<width).map { place in
            values[(values.count * place / width)..<(values.count * (place + 1) / width)]
                .lazy.compactMap { $0 }.filter { !$0.isNaN }.max()
        }
    }
}
