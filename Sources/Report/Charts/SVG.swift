/// A drawing whose width follows the page's: places along it are shares of its width, heights are pixels.
///
/// So text keeps its size on a telephone, and nothing needs a script or a style attribute.
struct SVG {
    private(set) var html = HTML()

    enum TextKind: String {
        /// Begins at its place.
        case label
        /// Ends at its place.
        case value
        /// Centred on its place, or ended there near the right edge.
        case mark
    }

    /// A whole drawing, with a name and a sentence for a screen reader.
    static func drawing(
        title: String, summary: String, height: Int, _ draw: (inout SVG) -> Void
    ) -> HTML {
        var page = HTML()
        page.element(
            "svg",
            ["role": "img", "width": "100%", "height": "\(height)", "class": "chart"]
        ) { html in
            html.element("title") { $0.text(title) }
            html.element("desc") { $0.text(summary) }
            var svg = SVG()
            draw(&svg)
            html.append(svg.html)
        }
        return page
    }

    mutating func rectangle(x: Double, width: Double, y: Int, height: Int, kind: String) {
        html.element(
            "rect",
            [
                "class": kind, "x": Self.share(x), "width": Self.share(width), "y": "\(y)",
                "height": "\(height)",
            ])
    }

    /// An upright line at a share of the width.
    mutating func line(x: Double, from top: Int, to bottom: Int, kind: String) {
        html.element(
            "line",
            [
                "class": kind, "x1": Self.share(x), "x2": Self.share(x), "y1": "\(top)",
                "y2": "\(bottom)",
            ])
    }

    /// A level line over the whole width.
    mutating func line(y: Int, kind: String) {
        html.element(
            "line", ["class": kind, "x1": "0", "x2": "100%", "y1": "\(y)", "y2": "\(y)"])
    }

    mutating func text(_ text: String, x: Double, y: Int, kind: TextKind) {
        let anchor =
            switch kind {
            case .label: "start"
            case .value: "end"
            case .mark: x > 0.8 ? "end" : "middle"
            }
        html.element(
            "text",
            ["class": kind.rawValue, "x": Self.share(x), "y": "\(y)", "text-anchor": anchor]
        ) { $0.text(text) }
    }

    /// Parts that belong together, with what they say when pointed at.
    mutating func group(title: String, _ draw: (inout SVG) -> Void) {
        html.element("g") { html in
            html.element("title") { $0.text(title) }
            var svg = SVG()
            draw(&svg)
            html.append(svg.html)
        }
    }

    /// A share of the width as per cent, to a hundredth.
    private static func share(_ share: Double) -> String {
        guard share.isFinite else { return "0%" }
        let hundredths = Int((min(max(share, 0), 1) * 10000).rounded())
        let rest = hundredths % 100
        guard rest > 0 else { return "\(hundredths / 100)%" }
        return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)%"
    }
}
