/// The part of a drawing in which curves run: both places are shares, of its width and from its bottom to its top.
///
/// An `<svg>` within the drawing that is stretched to the page's width; strokes and dashes keep their measure.
struct Plot {
    private(set) var html = HTML()

    struct Point {
        var x: Double
        var y: Double
    }

    private static let width = 10_000.0
    static let height = 1000.0
    static let viewBox = "0 0 10000 1000"

    /// A line through points; one alone becomes a short level line.
    mutating func line(_ points: [Point], kind: String) {
        guard let first = points.first else { return }
        let points =
            points.count == 1
            ? [Point(x: first.x - 0.005, y: first.y), Point(x: first.x + 0.005, y: first.y)]
            : points
        html.element("polyline", ["class": kind, "points": Self.text(points)])
    }

    /// What lies between two lines that run from left to right.
    mutating func area(from low: [Point], to high: [Point], kind: String) {
        guard low.count > 1, high.count > 1 else { return }
        html.element("polygon", ["class": kind, "points": Self.text(high + low.reversed())])
    }

    private static func text(_ points: [Point]) -> String {
        points.map { "\(place($0.x, width)),\(place(1 - $0.y, height))" }.joined(separator: " ")
    }

    private static func place(_ share: Double, _ length: Double) -> Int {
        guard share.isFinite else { return 0 }
        return Int((min(max(share, 0), 1) * length).rounded())
    }
}
