import Audit
import Model
import Text

/// A sequence diagram in text: times on the left, a column an actor, a row a message.
struct TerminalSequence {
    private let exchange: Exchange
    private let ways: [SequenceChart.Way]
    private let leftOut: Int
    private let lines: TerminalLines
    /// The places of the lifelines, and where the last name of a state may end.
    private let columns: [Int]
    private let width: Int
    private let moments: SequenceMoments

    /// Wider than this, arrows are long and nothing is clearer.
    private static let widest = 92
    private static let stateWidth = 12

    init(_ chart: SequenceChart, lines: TerminalLines) {
        exchange = chart.exchange
        ways = chart.ways
        leftOut = chart.leftOut
        self.lines = lines
        moments = SequenceMoments(exchange, from: 0)
        width = min(lines.width, Self.widest)
        columns = Self.columns(exchange, width: width)
    }

    private static func columns(_ exchange: Exchange, width: Int) -> [Int] {
        let count = exchange.actors.count
        guard count > 0 else { return [] }
        func states(_ actor: Int) -> Int {
            exchange.events.map { event in
                if case .state(actor, let state) = event.kind {
                    SequenceLabels.shown(state, most: stateWidth).places
                } else {
                    0
                }
            }.max() ?? 0
        }
        let times = exchange.events.map { SequenceChart.time($0.at).places }.max() ?? 0
        let names = exchange.actors.map { ($0.name.places + 1) / 2 }
        let left = max(times + 2 + (states(0) > 0 ? states(0) + 1 : 0), min(names[0], 9))
        let right = max(
            count > 1 && states(count - 1) > 0 ? states(count - 1) + 2 : 1,
            min(names[count - 1], 9))
        let room = max(width - left - right, 2 * count)
        return (0..<count).map { left + (count > 1 ? $0 * (room - 1) / (count - 1) : 0) }
    }

    func rendered() -> [String] {
        guard !exchange.events.isEmpty, !columns.isEmpty else { return [] }
        var text = heads
        var row: Row?
        // The time that was written last.
        var time = ""
        func finish() {
            if let row { text.append(self.text(row.cells)) }
            row = nil
        }
        for (place, event) in exchange.events.enumerated() {
            if let silence = moments.silence(before: place) {
                finish()
                text.append(self.silence(silence))
            }
            if case .note(let actor, let words) = event.kind {
                finish()
                let at = SequenceChart.time(event.at)
                text += note(words, at: actor, at == time ? "" : at)
                time = at
                continue
            }
            if row.map({ !$0.hasRoom(for: event, actors: columns.count) }) ?? true { finish() }
            var current = row ?? Row(cells: empty, time: SequenceChart.time(event.at))
            if current.time != time { current.cells.write(current.time, at: 0, .quiet) }
            time = current.time
            add(event, to: &current)
            row = current
        }
        finish()
        return text + legend
    }

    private func add(_ event: Exchange.Event, to row: inout Row) {
        switch event.kind {
        case .message(let message):
            row.message = message
            draw(message, at: event.at, in: &row.cells)
        case .state(let actor, let state):
            row.stated.insert(actor)
            let name = SequenceLabels.shown(state, most: Self.stateWidth)
            let isLeft = actor == 0 && columns.count > 1
            row.cells.write(
                name, at: isLeft ? columns[actor] - 1 - name.places : columns[actor] + 2, .strong)
        case .note: break
        }
    }

    /// What is written in one row: at one time one message, and a state an actor.
    private struct Row {
        var cells: TerminalCells
        var time: String
        var message: Exchange.Message?
        var stated: Set<Int> = []

        func hasRoom(for event: Exchange.Event, actors: Int) -> Bool {
            guard SequenceChart.time(event.at) == time else { return false }
            switch event.kind {
            case .message(let other):
                let isInner = stated.contains { $0 > 0 && $0 < actors - 1 }
                // A state of its receiver was before it came.
                return message == nil && !isInner && !stated.contains(other.to)
            case .state(let actor, _):
                // What its sending led to stands beside it, what its arrival led to does not.
                let isOuter = actor == 0 || actor == actors - 1
                return !stated.contains(actor)
                    && message.map { $0.from == actor && isOuter } ?? true
            case .note: return false
            }
        }
    }

    /// Lifelines and nothing else.
    private var empty: TerminalCells {
        var cells = TerminalCells(width)
        for column in columns { cells.write("│", at: column, .quiet) }
        return cells
    }

    private var heads: [String] {
        let names = exchange.actors.map(\.name)
        let details = exchange.actors.map { $0.detail ?? "" }
        let room = zip(columns, columns.dropFirst()).map { $1 - $0 }.min() ?? width
        // Addresses only where all of them fit.
        let isDetailed =
            details.contains { !$0.isEmpty } && details.allSatisfy { $0.places < min(room, 25) }
        return [head(names, .strong, room)] + (isDetailed ? [head(details, .quiet, room)] : [])
    }

    private func head(_ words: [String], _ style: Span.Style, _ room: Int) -> String {
        var cells = TerminalCells(width)
        for (word, column) in zip(words, columns) {
            let shown = SequenceLabels.shown(word, most: max(min(room - 1, 25), 2))
            let start = min(column - shown.places / 2, width - shown.places)
            cells.write(shown, at: max(start, 0), style)
        }
        return text(cells)
    }

    private func text(_ cells: TerminalCells) -> String {
        cells.runs.map { lines.painted($0.text, $0.style) }.joined()
    }

    private func silence(_ seconds: Double) -> String {
        var cells = TerminalCells(width)
        for column in columns { cells.write("┊", at: column, .quiet) }
        let words = SequenceChart.time(seconds) + " later"
        let middle = ((columns.first ?? 0) + (columns.last ?? 0)) / 2
        cells.write(words, at: max(middle - words.places / 2, (columns.first ?? 0) + 2), .quiet)
        return text(cells)
    }

    /// Beside its lifeline; what is nobody's in the middle.
    private func note(_ words: String, at actor: Int?, _ time: String) -> [String] {
        let isLast = actor == columns.count - 1 && columns.count > 1
        let start = columns.count == 1 || !isLast ? columns[actor ?? 0] + 2 : columns[0] + 2
        let end = isLast || actor == nil ? (columns.last ?? width) - 1 : width
        let isWide = columns.count == 1 || (actor != nil && !isLast)
        let limit = isWide && columns.count == 2 ? columns[1] - 1 : end
        let room = max((columns.count == 1 ? width : limit) - start, 8)
        return TerminalLines(width: room, colour: false).set(Phrase(words)).enumerated().map {
            index, line in
            var cells = empty
            if index == 0 { cells.write(time, at: 0, .quiet) }
            let place =
                isLast
                ? start + room - line.places
                : actor == nil ? start + (room - line.places) / 2 : start
            cells.write(line, at: place, .quiet)
            if index == 0, let actor { cells.write("●", at: columns[actor], .plain) }
            return text(cells)
        }
    }

    private func draw(_ message: Exchange.Message, at: Double, in cells: inout TerminalCells) {
        let way = SequenceChart.Way(message)
        let isRight = message.to > message.from
        var (from, to) = (columns[message.from], columns[message.to])
        let length = abs(to - from)
        let step = isRight ? 1 : -1
        from += step
        to -= step
        if way == .duplicate || way == .crafted { from += step * (length / 8) }
        if way == .lost { to -= step * (length / 4) }
        guard (to - from) * step >= 0 else { return }
        for place in stride(from: from, through: to, by: step) {
            cells.write(way.stroke, at: place, way.style)
        }
        if way == .duplicate || way == .crafted { cells.write("○", at: from, way.style) }
        cells.write(way == .lost ? "✕" : isRight ? "▶" : "◀", at: to, way.style)
        // The name of the message gives way to its arrow, not the other way round.
        let room = abs(to - from) - 3
        guard room > 0 else { return }
        let late =
            isLate(message, at)
            ? message.arrives.map { ", there at \(SequenceChart.time($0))" } ?? "" : ""
        let whole = TerminalText.escaped(message.label) + late
        let full =
            whole.places <= room ? whole : SequenceLabels.shown(message.label, most: room)
        guard !full.isEmpty else { return }
        let words = full.places > room ? full.fitting(room) : full
        let low = min(from, to) + 1
        cells.write(
            " \(words) ", at: low + max((room + 1 - words.places - 2) / 2, 0),
            way == .sent ? .strong : way.style)
    }

    /// Whether another was sent before it arrived.
    private func isLate(_ message: Exchange.Message, _ at: Double) -> Bool {
        guard let arrives = message.arrives else { return false }
        return exchange.events.contains { event in
            event.message != nil && event.at > at && event.at < arrives
                && SequenceChart.time(event.at) != SequenceChart.time(at)
        }
    }

    private var legend: [String] {
        let entries = ways.filter { $0 != .sent }.map { way -> Phrase in
            let sign = way == .lost ? "──✕" : "\(way.stroke)\(way.stroke)▶"
            return Phrase(sign + " " + way.title)
        }
        let more = leftOut > 0 ? [Phrase("\(leftOut.counted("more event")) not shown")] : []
        let phrase = (entries + more).joined(by: " · ")
        return phrase.isEmpty
            ? [] : lines.set(.quiet(phrase.plain), lead: "  ", indent: 2)
    }
}

extension SequenceChart.Way {
    /// What its arrow is made of.
    fileprivate var stroke: String {
        switch self {
        case .sent, .lost: "─"
        case .duplicate: "╌"
        case .crafted: "═"
        case .concluded: "·"
        }
    }

    fileprivate var style: Span.Style {
        switch self {
        case .sent: .plain
        case .lost: .severity(.critical)
        case .duplicate: .severity(.myth)
        case .crafted: .severity(.warning)
        case .concluded: .quiet
        }
    }
}
