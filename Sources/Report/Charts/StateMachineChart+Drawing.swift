import Model
import Text

extension StateMachineChart {
    /// Where the states stand: a column, 0 to 2, and a row; CLOSE is at the beginning and at the end.
    private static let places: [(state: TCPState, column: Int, row: Int)] = [
        (.close, 1, 0), (.synSent, 0, 1), (.listen, 2, 1), (.synReceived, 2, 2),
        (.established, 1, 3), (.finWait1, 0, 4), (.closeWait, 2, 4), (.finWait2, 0, 5),
        (.closing, 1, 5), (.lastAck, 2, 5), (.timeWait, 1, 6), (.close, 1, 7),
    ]
    private static let rowHeight = 68
    private static let top = 16
    private static let last = 7

    static let height = top + last * rowHeight + 18

    private struct Place {
        var x: Double
        var y: Double
    }

    /// From what is closed a connection begins at the top, and ends at the bottom.
    private static func place(_ state: TCPState, isEnd: Bool) -> Place? {
        let all = places.filter { $0.state == state }
        return (isEnd ? all.last : all.first).map {
            Place(x: columns[$0.column], y: Double(top + $0.row * rowHeight))
        }
    }

    /// Shares of the width.
    private static let columns = [0.145, 0.5, 0.855]

    func draw(into svg: inout SVG) {
        var labels: [(text: String, x: Double, y: Double, kind: String)] = []
        let figure = TCPTransition.all.filter {
            // Those of the figure that the text above or below it speaks of alone.
            $0.source == .figure && !($0.from == .listen && $0.to != .synReceived)
                && !($0.from == .synSent && $0.to == .close)
                && !($0.from == .synReceived && $0.to == .finWait1)
        }
        for way in figure where !isTaken(way.from, way.to) {
            draw(way.from, way.to, kind: "edge", into: &svg)
        }
        for way in taken {
            let kind = "edge " + Kind(way.actors).rawValue
            guard let middle = draw(way.from, way.to, kind: kind, into: &svg) else { continue }
            let lines =
                way.ways.count == 1
                ? way.ways.flatMap { [$0.cause, $0.answer].compactMap(\.self) }
                : way.ways.map(\.words)
            for (place, line) in lines.enumerated() {
                let y = middle.y + 4 + (Double(place) - Double(lines.count - 1) / 2) * 13
                labels.append((line, middle.x, y, "cause"))
            }
        }
        for (state, column, row) in Self.places {
            let isVisited = visited.contains(state)
            svg.node(
                state.name, x: Self.columns[column], y: Self.top + row * Self.rowHeight,
                kind: isVisited ? "node visited" : "node")
        }
        for label in labels {
            svg.words(label.text, x: label.x, y: label.y, from: .middle, kind: label.kind)
        }
    }

    private func isTaken(_ from: TCPState, _ to: TCPState) -> Bool {
        taken.contains { $0.from == from && $0.to == to }
    }

    /// A line with its head before the second state; its middle.
    @discardableResult private func draw(
        _ from: TCPState, _ to: TCPState, kind: String, into svg: inout SVG
    ) -> (x: Double, y: Double)? {
        guard let start = Self.place(from, isEnd: from != .close),
            let end = Self.place(to, isEnd: to == .close && from != .listen)
        else { return nil }
        // From the lower edge of one box to the upper edge of the other; sideways where they stand beside each other.
        let isUp = end.y < start.y
        let isLevel = end.y == start.y
        let half = isLevel ? 0.0 : 13.0
        let top = start.y + (isUp ? -half : half)
        let bottom = end.y + (isUp ? half : -half)
        let side = isLevel ? (end.x > start.x ? 0.125 : -0.125) : 0
        // Within the box, on a page of any width.
        let shift = min(max((end.x - start.x) * 0.12, -0.05), 0.05)
        let (left, right) = (start.x + side + (isLevel ? 0 : shift), end.x - side - shift)
        svg.line(from: (left, top), to: (right, bottom - (isUp ? -2 : isLevel ? 0 : 2)), kind: kind)
        svg.sign(
            isLevel ? (end.x > start.x ? .rightHead : .leftHead) : isUp ? .upHead : .downHead,
            x: right, y: bottom, kind: kind)
        // A long way passes other boxes; its words stand near its beginning.
        let share = abs(bottom - top) > Double(Self.rowHeight) ? 0.3 : 0.5
        return (left + (right - left) * share, top + (bottom - top) * share)
    }
}
