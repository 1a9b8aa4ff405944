import Model
import Text

/// Connections that this side closed, second by second over the last minute, by tuple.
package struct ClosingsChart: Sendable, Hashable {
    package struct Series: Sendable, Hashable {
        package var name: String
        /// `[0]` within the last second, 60 of them.
        package var counts: [Int]
    }

    package static let seconds = 60

    package var series: [Series]

    /// All series together, `[0]` within the last second.
    var totals: [Int] {
        (0..<Self.seconds).map { second in
            series.reduce(0) { $0 + ($1.counts.indices.contains(second) ? $1.counts[second] : 0) }
        }
    }

    var highest: Int { totals.max() ?? 0 }

    static let height = 176

    func draw(into svg: inout SVG) {
        let top = 24
        let plot = 120
        let highest = max(highest, 1)
        svg.line(y: top, kind: "grid")
        svg.line(y: top + plot / 2, kind: "grid")
        for second in 0..<Self.seconds {
            let x = Double(Self.seconds - 1 - second) / Double(Self.seconds)
            var below = 0
            for (index, one) in series.enumerated() {
                let count = one.counts.indices.contains(second) ? one.counts[second] : 0
                guard count > 0 else { continue }
                let from = plot * below / highest
                below += count
                let to = plot * below / highest
                svg.rectangle(
                    x: x + 0.0015, width: 1 / Double(Self.seconds) - 0.003, y: top + plot - to,
                    height: max(to - from, 1), kind: "s\(index)")
            }
        }
        svg.line(y: top + plot, kind: "axis")
        svg.text("\(highest.grouped)/s", x: 0, y: top - 6, kind: .label)
        svg.text("60 s ago", x: 0, y: top + plot + 18, kind: .label)
        svg.text("30 s", x: 0.5, y: top + plot + 18, kind: .mark)
        svg.text("now", x: 1, y: top + plot + 18, kind: .value)
    }
}
