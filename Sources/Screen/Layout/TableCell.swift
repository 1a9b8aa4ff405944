/// What stands in one row of a part of a column.
enum TableCell {
    case line(Line)
    /// Drawn in whatever room the part has.
    case curve(Sparkline, Style)
    case bar(Bar, Style)

    static let none = TableCell.line(Line())

    /// As narrow as it can be.
    var width: Int {
        if case .line(let line) = self { line.width } else { 0 }
    }

    func drawn(width: Int, isRight: Bool, look: Look) -> Line {
        switch self {
        case .line(let line):
            isRight ? line.rightAligned(to: width) : line.padded(to: width)
        case .curve(let curve, let style): curve.line(width: width, look: look, style: style)
        case .bar(let bar, let style): bar.line(width: width, look: look, style: style)
        }
    }
}
