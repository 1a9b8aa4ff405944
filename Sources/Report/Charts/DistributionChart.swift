import Model
import Text

/// Shares of measurements up to a value (an empirical distribution), one curve an arm; values along a logarithmic axis.
package struct DistributionChart: Sendable, Hashable {
    package struct Curve: Sendable, Hashable {
        package var name: String
        /// The values at shares 0, 0.01 … 1.
        package var values: [Double]

        package init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }

        /// The value at a share, between two of them in proportion; nil where there is none.
        func value(at share: Double) -> Double? {
            guard let last = values.indices.last else { return nil }
            let place = share * Double(last)
            let below = Int(place)
            let above = min(below + 1, last)
            return values[below] + (values[above] - values[below]) * (place - Double(below))
        }
    }

    package var curves: [Curve]
    /// What is measured; `seconds` are shown in the unit that reads best.
    package var unit: String

    package init(curves: [Curve], unit: String = "seconds") {
        self.curves = curves
        self.unit = unit
    }

    private static let plotHeight = 176
    private static let top = 22
    static let height = top + plotHeight + 24
    private static let shares = [0.5, 0.9, 1]

    func draw(into svg: inout SVG) {
        guard let axis = LogarithmicAxis(curves.lazy.flatMap(\.values)) else { return }
        let bottom = Self.top + Self.plotHeight
        for share in Self.shares { svg.line(y: Self.y(share), kind: "grid") }
        for tick in axis.ticks {
            svg.line(x: axis.share(tick), from: Self.top, to: bottom + 5, kind: "grid")
        }
        for tick in axis.labelled {
            svg.text(text(tick), x: axis.share(tick), y: bottom + 19, kind: .mark)
        }
        svg.plot(y: Self.top, height: Self.plotHeight) { plot in
            for (index, curve) in curves.enumerated().reversed() {
                let last = Double(max(curve.values.count - 1, 1))
                plot.line(
                    curve.values.enumerated().map {
                        Plot.Point(x: axis.share($0.element), y: Double($0.offset) / last)
                    }, kind: "l\(index % LinesChart.kinds)")
            }
        }
        svg.line(y: bottom, kind: "axis")
        for (index, curve) in curves.enumerated() {
            guard let middle = curve.value(at: 0.5) else { continue }
            svg.dot(
                x: axis.share(middle), y: Self.y(0.5), kind: "l\(index % LinesChart.kinds)")
        }
        for share in Self.shares {
            svg.text(
                share == 1 ? "100 % of the measurements" : "\(Int(share * 100)) %", x: 0,
                y: Self.y(share) - 5, kind: .tick)
        }
    }

    private static func y(_ share: Double) -> Int {
        top + plotHeight - Int((Double(plotHeight) * share).rounded())
    }

    func text(_ value: Double) -> String {
        unit == "seconds" ? value.latency : value.figure + " " + unit
    }
}
