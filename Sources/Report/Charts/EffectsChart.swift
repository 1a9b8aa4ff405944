import Glibc
import Model

/// How far the second arm is from the first, a row a measure, with its interval around the point; 0 is no change.
///
/// Half and twice are equally far from no change: the axis is logarithmic.
package struct EffectsChart: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var name: String
        /// The change as a ratio: -0.5 is half.
        package var change: Double
        package var low: Double
        package var high: Double
        /// `better`, `worse`, `same`, `unclear`, `more`, `less`.
        package var verdict: String

        package init(name: String, change: Double, low: Double, high: Double, verdict: String) {
            self.name = name
            self.change = change
            self.low = low
            self.high = high
            self.verdict = verdict
        }
    }

    package var rows: [Row]

    package init(rows: [Row]) { self.rows = rows }

    private static let rowHeight = 44
    private static let top = 6

    private static let lineHeight = 16
    /// Of a row's name and its change, on a telephone.
    private static let mostPlaces = 38

    private static func lines(_ row: Row) -> [String] {
        Label.lines(row.name, most: mostPlaces - text(row).places)
    }
    private static func height(of row: Row) -> Int {
        rowHeight + max(lines(row).count - 1, 0) * lineHeight
    }
    private var bottom: Int { rows.reduce(Self.top) { $0 + Self.height(of: $1) } }

    var height: Int { bottom + 26 }

    /// The shapes that occur, for the legend.
    var shapes: [Shape] {
        let present = Set(rows.map { Shape($0.verdict) })
        return Shape.allCases.filter(present.contains)
    }

    func draw(into svg: inout SVG) {
        let axis = ChangeAxis(rows.flatMap { [$0.change, $0.low, $0.high] })
        for (change, _) in axis.ticks {
            svg.line(
                x: axis.share(change), from: Self.top, to: bottom + 5,
                kind: change == 0 ? "zero" : "grid")
        }
        var next = Self.top
        for row in rows {
            let shape = Shape(row.verdict)
            let lines = Self.lines(row)
            svg.group(title: "\(row.name): \(Self.text(row))") { svg in
                for (place, line) in lines.enumerated() {
                    svg.text(line, x: 0, y: next + 15 + place * Self.lineHeight, kind: .front)
                }
                svg.text(Self.text(row), x: 1, y: next + 15, kind: .frontEnd)
                let y = next + (lines.count - 1) * Self.lineHeight
                let (low, high) = (axis.share(row.low), axis.share(row.high))
                svg.line(from: low, to: high, y: y + 30, kind: "reach \(shape.rawValue)")
                for end in [low, high] where high > low {
                    svg.line(x: end, from: y + 25, to: y + 35, kind: "reach \(shape.rawValue)")
                }
                svg.shape(shape, x: axis.share(row.change), y: y + 30)
            }
            next += Self.height(of: row)
        }
        for (change, text) in axis.ticks {
            svg.text(text, x: axis.share(change), y: bottom + 19, kind: .mark)
        }
    }

    /// `−98 %`, `7 times`, `~`: what is not known is no number.
    static func text(_ row: Row) -> String {
        switch Shape(row.verdict) {
        case .unclear: "~"
        case .same: "the same"
        case let shape: ChangeText.short(row.change) + ", " + shape.title
        }
    }
}
