import Audit
import Model
import Text

/// What of a picture a terminal can show: a line of blocks for what runs over time, a bar for what is spread.
///
/// The others have their table on the page.
struct TerminalChart {
    let chart: Chart
    let lines: TerminalLines

    func rendered() -> [String] {
        switch chart.kind {
        case .ports, .states: []
        case .closings(let closings): self.closings(closings)
        case .lines(let chart): titled(series(chart))
        case .distribution(let distribution): titled(self.distribution(distribution))
        case .effects(let effects): titled(self.effects(effects))
        case .machine(let machine): TerminalMachine(machine, lines: lines).rendered()
        case .sequence(let sequence): titled(self.sequence(sequence))
        }
    }

    private func titled(_ text: [String]) -> [String] {
        guard !text.isEmpty else { return [] }
        let title = TerminalText.escaped(chart.title)
        return
            (title.places <= lines.width
            ? [lines.painted(title, .strong)] : lines.set(.strong(chart.title))) + text
    }

    private func closings(_ closings: ClosingsChart) -> [String] {
        guard closings.highest > 0 else { return [] }
        let columns = Self.blocks(
            Self.fitted(
                closings.totals.reversed().map(Double.init), to: max(lines.drawingWidth - 32, 20)),
            highest: Double(closings.highest))
        return titled(
            lines.set(
                "60 s ago " + Phrase.code(columns) + " now   highest "
                    + Phrase.strong(closings.highest.grouped) + "/s",
                lead: "  ", indent: 2))
    }

    /// A line of blocks for each line, all to one scale, and what it rises to.
    private func series(_ chart: LinesChart) -> [String] {
        let highest = chart.lines.lazy.flatMap(\.values).filter(\.isFinite).max() ?? 0
        guard highest > 0, let steps = chart.lines.map(\.values.count).max() else { return [] }
        let duration = (Double(max(steps - 1, 1)) * chart.step).duration
        let tops = chart.lines.map { line in
            TerminalText.escaped(
                chart.text(line.values.filter(\.isFinite).max() ?? 0, named: false))
        }
        let text = labelled(
            chart.lines.map(\.name), besides: (tops.map(\.places).max() ?? 0) + 12
        ) { index, width in
            let line = chart.lines[index]
            let columns = Self.blocks(
                Self.fitted(line.values, to: min(width, max(line.values.count, 8))),
                highest: highest)
            // A line that never rises has no highest value worth the word.
            let isFlat = !line.values.contains { $0.isFinite && $0 > 0 }
            return lines.painted(columns, .code)
                + (isFlat ? "  always " : "  highest ") + lines.painted(tops[index], .strong)
        }
        return text
            + lines.set(
                .quiet(
                    "0 s to \(duration), \(chart.unit)"
                        + chart.marks.map { " · " + $0.text }.joined()), lead: "  ", indent: 2)
    }

    /// From the least to the most, the middle half as blocks: `──▐██│███──`.
    private func distribution(_ chart: DistributionChart) -> [String] {
        guard let axis = LogarithmicAxis(chart.curves.lazy.flatMap(\.values)) else { return [] }
        let middles = chart.curves.map {
            TerminalText.escaped($0.value(at: 0.5).map(chart.text) ?? "-")
        }
        let text = labelled(
            chart.curves.map(\.name), besides: (middles.map(\.places).max() ?? 0) + 10
        ) { index, width in
            let curve = chart.curves[index]
            var places = Array(repeating: Character("·"), count: width)
            func place(_ share: Double) -> Int {
                let along = axis.share(curve.value(at: share) ?? 0)
                return min(Int(along * Double(width)), width - 1)
            }
            for index in place(0)...max(place(1), place(0)) { places[index] = "─" }
            for index in place(0.25)...max(place(0.75), place(0.25)) { places[index] = "█" }
            places[place(0.5)] = "│"
            return lines.painted(String(places), .code) + "  half "
                + lines.painted(middles[index], .strong)
        }
        return text
            + lines.set(
                .quiet(
                    "from \(chart.text(axis.low)) to \(chart.text(axis.high)), logarithmic; blocks "
                        + "hold the middle half"), lead: "  ", indent: 2)
    }

    /// The interval around its point, with the line of no change.
    private func effects(_ chart: EffectsChart) -> [String] {
        let axis = ChangeAxis(chart.rows.flatMap { [$0.change, $0.low, $0.high] })
        let words = chart.rows.map { TerminalText.escaped(EffectsChart.text($0)) }
        let text = labelled(
            chart.rows.map(\.name), besides: (words.map(\.places).max() ?? 0) + 4
        ) { index, width in
            let row = chart.rows[index]
            var places = Array(repeating: Character("·"), count: width)
            func place(_ change: Double) -> Int {
                min(Int(axis.share(change) * Double(width)), width - 1)
            }
            let (low, high) = (place(row.low), place(row.high))
            for index in min(low, high)...max(low, high) { places[index] = "─" }
            places[width / 2] = "┼"
            let shape = Shape(row.verdict)
            places[place(row.change)] = Character(shape.sign)
            let style: Span.Style =
                shape == .better ? .good : shape == .worse ? .severity(.critical) : .plain
            return lines.painted(String(places), style) + "  " + lines.painted(words[index], style)
        }
        return text
            + lines.set(
                .quiet(axis.ticks.map(\.text).joined(separator: " · ")), lead: "  ", indent: 2)
    }

    private func sequence(_ chart: SequenceChart) -> [String] {
        guard chart.isBrief else { return TerminalSequence(chart, lines: lines).rendered() }
        let brief = BriefSequence(exchange: chart.exchange)
        let ends = brief.ends.isEmpty ? "" : Phrase.quiet("in the end: \(brief.ends)")
        return lines.set(brief.phrase, lead: "  ", indent: 2)
            + (ends.isEmpty ? [] : lines.set(ends, lead: "  ", indent: 2))
    }

    /// Each name and its drawing on one line; on two where the names leave no room for drawings.
    ///
    /// - Parameters:
    ///   - besides: places that a line needs beside name and drawing.
    ///   - draw: the drawing of the name at that place, so many places wide, and what follows it.
    private func labelled(
        _ names: [String], besides: Int, _ draw: (_ index: Int, _ width: Int) -> String
    ) -> [String] {
        let room = max(lines.drawingWidth - 4 - besides, 12)
        let safe = names.map { TerminalText.escaped($0) }
        let widest = max(safe.map(\.places).max() ?? 0, 4)
        guard widest <= room - Self.narrowest else {
            return safe.indices.flatMap { index in
                lines.set(Phrase(names[index]), lead: "  ", indent: 4)
                    + ["    " + draw(index, min(room, Self.widest))]
            }
        }
        return safe.indices.map { index in
            let filler = String(repeating: " ", count: widest - safe[index].places)
            return "  " + safe[index] + filler + "  "
                + draw(index, min(room - widest, Self.widest))
        }
    }

    /// Places of a drawing.
    private static let narrowest = 8
    private static let widest = 60

    /// As many values as there are places, the highest of each stretch.
    private static func fitted(_ values: [Double], to places: Int) -> [Double] {
        guard values.count > places else { return values }
        return (0..<places).map { place in
            values[(values.count * place / places)..<(values.count * (place + 1) / places)]
                .filter(\.isFinite).max() ?? 0
        }
    }

    /// A block a value, an eighth of the highest a step; nothing is a low dot, at which no line breaks.
    private static func blocks(_ values: [Double], highest: Double) -> String {
        let marks = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { value -> Character in
                guard value > 0, value.isFinite else { return "." }
                let step = Int((min(value / highest, 1) * 8).rounded(.up)) - 1
                return marks[min(max(step, 0), marks.count - 1)]
            })
    }
}
