import Model
import Text

/// Local ports in use of each tuple, against those that connect() may choose from.
package struct PortsChart: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var label: String
        /// `27 911 of 28 232 ports`.
        package var detail: String
        /// Live, in TIME_WAIT and held, in TIME_WAIT and to be had again: shares of the usable ports.
        package var bar: Bar
    }

    package var rows: [Row]

    /// Half the ports: from here on connect() searches among the other parity, port after port.
    static let cliff = 0.5
    /// From here on connections are about to fail.
    static let full = 0.95

    func draw(into svg: inout SVG) {
        var next = Self.top
        for row in rows {
            let lines = Self.lines(row)
            svg.group(title: "\(row.label): \(row.detail)") { svg in
                for (place, line) in lines.enumerated() {
                    svg.text(
                        line, x: 0, y: next + 14 + place * Self.lineHeight, kind: .label)
                }
                svg.text(row.bar.filled.percent, x: 1, y: next + 14, kind: .value)
                let y = next + (lines.count - 1) * Self.lineHeight
                svg.rectangle(x: 0, width: 1, y: y + 20, height: 14, kind: "track")
                var x = 0.0
                for (part, share) in row.bar.shares.enumerated() where share > 0 {
                    svg.rectangle(x: x, width: share, y: y + 20, height: 14, kind: Self.kinds[part])
                    x += share
                }
                for mark in [Self.cliff, Self.full] {
                    svg.line(x: mark, from: y + 17, to: y + 37, kind: "mark")
                }
            }
            next += Self.height(of: row)
        }
        for (mark, text) in [(Self.cliff, "50 %: connect() slows"), (Self.full, "95 %")] {
            svg.text(text, x: mark, y: 12, kind: .mark)
        }
    }

    var height: Int { Self.top + 2 + rows.reduce(0) { $0 + Self.height(of: $1) } }

    private static let top = 22
    private static let lineHeight = 16
    /// Places beside the share, on a telephone.
    private static let mostPlaces = 32

    private static func lines(_ row: Row) -> [String] { Label.lines(row.label, most: mostPlaces) }
    private static func height(of row: Row) -> Int {
        42 + max(lines(row).count - 1, 0) * lineHeight
    }

    static let kinds = ["live", "held", "reusable"]
    static let legend = [
        ("live", "live"), ("held", "TIME_WAIT, held"),
        ("reusable", "TIME_WAIT, free for reuse"),
    ]
}
