import Model
import Text

/// Quantities over time, one line each.
package struct LinesChart: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package var name: String
        /// One value a step; what is not a number leaves a gap.
        package var values: [Double]
        /// Between which values the runs lie whose middle the line is, a value a step; empty where it is one run.
        package var low: [Double]
        package var high: [Double]

        package init(
            _ name: String, _ values: [Double], low: [Double] = [], high: [Double] = []
        ) {
            self.name = name
            self.values = values
            self.low = low
            self.high = high
        }
    }

    /// A moment worth pointing at: `ports exhausted`.
    package struct Mark: Sendable, Hashable {
        package var seconds: Double
        package var text: String

        package init(seconds: Double, text: String) {
            self.seconds = seconds
            self.text = text
        }
    }

    package var lines: [Line]
    /// Seconds a step.
    package var step: Double
    /// What is counted: `ports`, `errors a second`; `seconds` are shown in the unit that reads best.
    package var unit: String
    package var marks: [Mark]
    /// Whether the lines lie on one another, as parts of a whole.
    package var isStacked: Bool

    package init(
        lines: [Line], step: Double, unit: String, marks: [Mark] = [], isStacked: Bool = false
    ) {
        self.lines = lines
        self.step = step
        self.unit = unit
        self.marks = marks
        self.isStacked = isStacked
    }

    /// More kinds of lines cannot be told apart.
    static let kinds = 6
    private static let plotHeight = 176
    private static let markHeight = 17

    var height: Int { top + Self.plotHeight + 24 }

    private var shownMarks: [Mark] {
        marks.filter { $0.seconds.isFinite && $0.seconds >= 0 && $0.seconds <= duration }
            .sorted { $0.seconds < $1.seconds }.prefix(4).map(\.self)
    }

    /// Marks stand one below the other, over the highest number of the axis: no width is too small for them.
    private var top: Int { 20 + shownMarks.count * Self.markHeight }

    private var steps: Int { lines.map(\.values.count).max() ?? 0 }
    private var duration: Double { max(Double(max(steps - 1, 1)) * step, 1e-9) }

    /// The sums of the lines, step by step.
    private var totals: [Double] {
        (0..<steps).map { place in
            lines.reduce(0) { $0 + Self.value($1.values, place) }
        }
    }

    private var highest: Double {
        let values = isStacked ? totals : lines.flatMap { $0.values + $0.high }
        return values.filter(\.isFinite).max() ?? 0
    }

    func draw(into svg: inout SVG) {
        let axis = Axis(highest: highest)
        let bottom = top + Self.plotHeight
        for tick in axis.ticks.dropFirst() {
            svg.line(y: y(axis.share(tick)), kind: "grid")
        }
        svg.plot(y: top, height: Self.plotHeight) { plot in
            if isStacked { stack(axis, into: &plot) } else { run(axis, into: &plot) }
        }
        svg.line(y: bottom, kind: "axis")
        let unit = duration > 7200 ? 3600.0 : duration > 120 ? 60 : 1
        let times = Axis(highest: duration / unit, parts: 5, endsRound: false)
        for tick in times.ticks where times.share(tick) <= 1 {
            let x = times.share(tick)
            svg.line(x: x, from: bottom, to: bottom + 5, kind: "axis")
            let text = tick == 0 ? "0 s" : (tick * unit).duration
            svg.text(text, x: x, y: bottom + 19, kind: .mark)
        }
        if isStacked { names(axis, into: &svg) }
        for (index, mark) in shownMarks.enumerated() {
            let x = mark.seconds / duration
            let y = 12 + index * Self.markHeight
            svg.line(x: x, from: y - 10, to: bottom, kind: "moment")
            svg.note(mark.text, x: x, y: y)
        }
        for tick in axis.ticks.dropFirst() {
            let isLast = tick == axis.ticks.last
            svg.text(text(tick, named: isLast), x: 0, y: y(axis.share(tick)) - 5, kind: .tick)
        }
    }

    private func y(_ share: Double) -> Int {
        let share = share.isFinite ? min(max(share, 0), 1) : 0
        return top + Self.plotHeight - Int((Double(Self.plotHeight) * share).rounded())
    }

    func text(_ value: Double, named: Bool) -> String {
        if unit == "seconds" { return value.latency }
        let number = Measure.Unit.count.text(value)
        return named ? number + " " + unit : number
    }

    private func point(_ place: Int, _ value: Double, _ axis: Axis) -> Plot.Point {
        Plot.Point(x: Double(place) * step / duration, y: axis.share(value))
    }

    private static func value(_ values: [Double], _ place: Int) -> Double {
        values.indices.contains(place) && values[place].isFinite ? values[place] : 0
    }

    /// Lines before one another, the first in front, each over its band.
    private func run(_ axis: Axis, into plot: inout Plot) {
        for (index, line) in lines.enumerated().reversed() {
            let kind = index % Self.kinds
            if !line.low.isEmpty, line.low.count == line.high.count {
                plot.area(
                    from: Thinning.places(line.low).map { point($0, line.low[$0], axis) },
                    to: Thinning.places(line.high).map { point($0, line.high[$0], axis) },
                    kind: "band s\(kind)")
            }
            for stretch in Self.stretches(line.values) {
                let values = Array(line.values[stretch])
                plot.line(
                    Thinning.places(values).map {
                        point($0 + stretch.lowerBound, values[$0], axis)
                    },
                    kind: "l\(kind)")
            }
        }
    }

    /// The places between gaps.
    private static func stretches(_ values: [Double]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start: Int?
        for place in values.indices {
            if values[place].isFinite {
                start = start ?? place
            } else if let from = start {
                stretches.append(from..<place)
                start = nil
            }
        }
        if let start { stretches.append(start..<values.count) }
        return stretches
    }

    private func stack(_ axis: Axis, into plot: inout Plot) {
        let places = Thinning.places(totals)
        var below = places.map { _ in 0.0 }
        for (index, line) in lines.enumerated() {
            let above = zip(places, below).map { $1 + Self.value(line.values, $0) }
            let (low, high) = (
                zip(places, below).map { point($0, $1, axis) },
                zip(places, above).map { point($0, $1, axis) }
            )
            plot.area(from: low, to: high, kind: "layer s\(index % Self.kinds)")
            below = above
        }
    }

    /// The name of each layer where it is thickest, as far as there is room for it.
    private func names(_ axis: Axis, into svg: inout SVG) {
        for (index, line) in lines.enumerated() {
            // Not at the edges, where half of the name would be cut off.
            let inner = (steps / 8)..<max(steps - steps / 8, steps / 8 + 1)
            guard
                let place = inner.max(by: {
                    Self.value(line.values, $0) < Self.value(line.values, $1)
                })
            else { continue }
            let value = Self.value(line.values, place)
            guard axis.share(value) * Double(Self.plotHeight) >= 18 else { continue }
            let below = lines[..<index].reduce(0) { $0 + Self.value($1.values, place) }
            let x = Double(place) * step / duration
            svg.text(line.name, x: x, y: y(axis.share(below + value / 2)) + 4, kind: .layer)
        }
    }
}
