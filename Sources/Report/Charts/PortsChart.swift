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
        let top = 22
        let step = 42
        for (index, row) in rows.enumerated() {
            let y = top + index * step
            svg.group(title: "\(row.label): \(row.detail)") { svg in
                svg.text(row.label.shortened(to: 34), x: 0, y: y + 14, kind: .label)
                svg.text(row.bar.filled.percent, x: 1, y: y + 14, kind: .value)
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
        }
        for (mark, text) in [(Self.cliff, "50 %: connect() slows"), (Self.full, "95 %")] {
            svg.text(text, x: mark, y: 12, kind: .mark)
        }
    }

    var height: Int { 24 + rows.count * 42 }

    static let kinds = ["live", "held", "reusable"]
    static let legend = [
        ("live", "live"), ("held", "TIME_WAIT, held"),
        ("reusable", "TIME_WAIT, free for reuse"),
    ]
}
