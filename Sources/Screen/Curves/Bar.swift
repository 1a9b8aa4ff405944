/// A share of a whole as a bar, to an eighth of a place.
package struct Bar: Hashable, Sendable {
    /// 0…1; what is above is drawn as full.
    package var share: Double

    package init(_ share: Double) { self.share = share }

    private static let parts = Array("▏▎▍▌▋▊▉".unicodeScalars)

    /// Full only where the share is, and empty only where it is nothing.
    package func line(width: Int, look: Look, style: Style = .code) -> Line {
        guard width > 0, share > 0 else { return .blank(width) }
        let steps = look.isUnicode ? 8 : 2
        let whole = width * steps
        let exact = min(share, 1) * Double(whole)
        let filled = share >= 1 ? whole : min(max(Int(exact.rounded()), 1), whole - 1)
        let full: Unicode.Scalar = look.isUnicode ? "█" : "#"
        var cells = Array(repeating: Cell(full, style), count: filled / steps)
        if filled % steps > 0 {
            cells.append(Cell(look.isUnicode ? Self.parts[filled % steps - 1] : "-", style))
        }
        return Line(cells).padded(to: width)
    }
}
