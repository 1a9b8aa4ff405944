/// A drawing whose width follows the page's: places along it are shares of its width, heights are pixels.
///
/// So text keeps its size on a telephone, and nothing needs a script or a style attribute.
struct SVG {
    var html = HTML()

    enum TextKind: String {
        /// Begins at its place.
        case label
        /// Ends at its place.
        case value
        /// Centred on its place, or ended there near the right edge.
        case mark
        /// A number of an upright axis: begins at its place, in front of what is drawn there.
        case tick
        /// Centred, in front of the layer that it names.
        case layer
        /// As label and value, in front of what is drawn there.
        case front, frontEnd
    }

    /// A whole drawing, with a name and a sentence for a screen reader.
    static func drawing(
        title: String, summary: String, height: Int, kind: String = "",
        _ draw: (inout SVG) -> Void
    ) -> HTML {
        var page = HTML()
        page.element(
            "svg",
            [
                "role": "img", "width": "100%", "height": "\(height)",
                "class": kind.isEmpty ? "chart" : "chart \(kind)",
            ]
        ) { html in
            html.element("title") { $0.text(title) }
            html.element("desc") { $0.text(summary) }
            var svg = SVG()
            draw(&svg)
            html.append(svg.html)
        }
        return page
    }

    /// A piece of a line, for a legend.
    static func sample(line kind: String) -> HTML {
        var html = HTML()
        html.element("svg", ["class": "sample", "width": "34", "height": "12"]) {
            $0.element(
                "line", ["class": kind, "x1": "0", "x2": "34", "y1": "6", "y2": "6"])
        }
        return html
    }

    /// A shape, for a legend.
    static func sample(shape: Shape) -> HTML {
        var html = HTML()
        html.element(
            "svg",
            [
                "class": "sample \(shape.rawValue)", "width": "16", "height": "16",
                "viewBox": "-8 -8 16 16",
            ]
        ) { $0.element("path", ["d": shape.outline]) }
        return html
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
            case .label, .tick, .front: "start"
            case .value, .frontEnd: "end"
            case .layer: "middle"
            case .mark: x > 0.8 ? "end" : x < 0.02 ? "start" : "middle"
            }
        html.element(
            "text",
            ["class": kind.rawValue, "x": Self.share(x), "y": "\(y)", "text-anchor": anchor]
        ) { $0.text(text) }
    }

    /// Says what is seen at a place; stands beside it towards the middle, and moves so far that a telephone has room for it.
    mutating func note(_ text: String, x: Double, y: Int) {
        let width = min(Double(text.places) * Self.notePixels / Self.telephonePixels, 1)
        let isLeft = x <= 0.5
        let place = isLeft ? min(x, 1 - width) : max(x, width)
        html.element(
            "text",
            [
                "class": "note", "x": Self.share(place), "dx": isLeft ? "6" : "-6", "y": "\(y)",
                "text-anchor": isLeft ? "start" : "end",
            ]
        ) { $0.text(text) }
    }

    /// What a letter of a note takes, and what a drawing has on a telephone.
    private static let notePixels = 7.0
    private static let telephonePixels = 325.0

    /// The part in which curves run.
    mutating func plot(y: Int, height: Int, _ draw: (inout Plot) -> Void) {
        var plot = Plot()
        draw(&plot)
        html.element(
            "svg",
            [
                "class": "plot", "x": "0", "y": "\(y)", "width": "100%", "height": "\(height)",
                "viewBox": Plot.viewBox, "preserveAspectRatio": "none",
            ]
        ) { $0.append(plot.html) }
    }

    /// A small shape around a place.
    mutating func shape(_ shape: Shape, x: Double, y: Int) {
        html.element(
            "svg", ["class": "point \(shape.rawValue)", "x": Self.share(x), "y": "\(y)"]
        ) { $0.element("path", ["d": shape.outline]) }
    }

    /// A dot that belongs to a line.
    mutating func dot(x: Double, y: Int, kind: String) {
        html.element(
            "circle", ["class": "dot \(kind)", "cx": Self.share(x), "cy": "\(y)", "r": "4.5"])
    }

    /// A level line between two shares of the width.
    mutating func line(from left: Double, to right: Double, y: Int, kind: String) {
        html.element(
            "line",
            [
                "class": kind, "x1": Self.share(left), "x2": Self.share(right), "y1": "\(y)",
                "y2": "\(y)",
            ])
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
    static func share(_ share: Double) -> String {
        guard share.isFinite else { return "0%" }
        let hundredths = Int((min(max(share, 0), 1) * 10000).rounded())
        let rest = hundredths % 100
        guard rest > 0 else { return "\(hundredths / 100)%" }
        return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)%"
    }
}
