import Glibc

/// What only sequence diagrams are drawn with.
extension SVG {
    /// From where words run.
    enum Origin {
        case start, middle
        /// Beside a lifeline.
        case left, right
    }

    mutating func words(_ text: String, x: Double, y: Double, from origin: Origin, kind: String) {
        let (anchor, shift) =
            switch origin {
            case .start: ("start", 0)
            case .middle: ("middle", 0)
            case .left: ("end", -9)
            case .right: ("start", 9)
            }
        html.element(
            "text",
            [
                "class": kind, "x": Self.share(x), "dx": "\(shift)", "y": "\(Int(y.rounded()))",
                "text-anchor": anchor,
            ]
        ) { $0.text(text) }
    }

    /// A line from a place to another: shares of the width, and pixels.
    mutating func line(from: (Double, Double), to: (Double, Double), kind: String) {
        html.element(
            "line",
            [
                "class": kind, "x1": Self.share(from.0), "y1": "\(Int(from.1.rounded()))",
                "x2": Self.share(to.0), "y2": "\(Int(to.1.rounded()))",
            ])
    }

    /// An upright bar of a few pixels around a share of the width.
    mutating func bar(x: Double, from top: Double, to bottom: Double, kind: String) {
        let (top, bottom) = (Int(top.rounded()), Int(bottom.rounded()))
        html.element("svg", ["class": "point", "x": Self.share(x), "y": "\(top)"]) {
            $0.element(
                "rect",
                [
                    "class": kind, "x": "-4", "y": "0", "width": "8", "height": "\(bottom - top)",
                    "rx": "2",
                ])
        }
    }

    /// What stands at an end of an arrow, or on a lifeline.
    enum Sign: String {
        case rightHead = "M-13,-4.5 L-3,0 L-13,4.5 Z"
        case leftHead = "M13,-4.5 L3,0 L13,4.5 Z"
        case downHead = "M-5,-10 L0,0 L5,-10 Z"
        case upHead = "M-5,10 L0,0 L5,10 Z"
        case cross = "M-5.5,-5.5 L5.5,5.5 M-5.5,5.5 L5.5,-5.5"
        case source = "M-4,0 a4,4 0 1,0 8,0 a4,4 0 1,0 -8,0"
        case point = "M-3,0 a3,3 0 1,0 6,0 a3,3 0 1,0 -6,0"
    }

    /// - Parameter slope: how far down its line goes, in pixels, and over which share of the width.
    mutating func sign(
        _ sign: Sign, x: Double, y: Double, kind: String, slope: (Double, Double) = (0, 1)
    ) {
        let role =
            switch sign {
            case .rightHead, .leftHead, .downHead, .upHead, .point: "head"
            case .cross: "cross"
            case .source: "source"
            }
        html.element(
            "svg", ["class": "point", "x": Self.share(x), "y": "\(Int(y.rounded()))"]
        ) {
            // As on a page of middling width: on others its line is a little flatter, or steeper.
            let degrees = Int((atan(slope.0 / (slope.1 * 480)) * 180 / .pi).rounded())
            if degrees == 0 {
                $0.element("path", ["class": "\(role) \(kind)", "d": sign.rawValue])
            } else {
                $0.element(
                    "path",
                    [
                        "class": "\(role) \(kind)", "d": sign.rawValue,
                        "transform": "rotate(\(min(max(degrees, -60), 60)))",
                    ])
            }
        }
    }

    /// A box of a few pixels around a place, with a name in it.
    mutating func node(_ name: String, x: Double, y: Int, kind: String) {
        html.element("svg", ["class": "point", "x": Self.share(x), "y": "\(y)"]) {
            $0.element(
                "rect",
                [
                    "class": kind, "x": "-46", "y": "-12", "width": "92", "height": "24",
                    "rx": "5",
                ])
            $0.element("text", ["class": kind, "y": "4", "text-anchor": "middle"]) { $0.text(name) }
        }
    }

    /// Two torn edges across the drawing, with nothing between them.
    mutating func tear(y: Int) {
        let teeth = 48
        let edge = (0...teeth).map { place in
            (x: Double(place) / Double(teeth), rise: place % 2 == 0 ? 0.0 : 0.18)
        }
        plot(y: y, height: 18) { plot in
            let low = edge.map { Plot.Point(x: $0.x, y: $0.rise) }
            let high = edge.map { Plot.Point(x: $0.x, y: 0.82 + $0.rise) }
            plot.area(from: low, to: high, kind: "rift")
            plot.line(low, kind: "torn")
            plot.line(high, kind: "torn")
        }
    }
}
