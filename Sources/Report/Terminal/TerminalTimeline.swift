import Text

/// Stages one below the other: when, how long, a bar in its place, and what tells so.
struct TerminalTimeline {
    let timeline: Timeline
    let lines: TerminalLines

    private static let gap = 2
    private static let widestBar = 48

    func rendered() -> [String] {
        guard !timeline.stages.isEmpty else { return [] }
        let names = widest(timeline.stages.map { TerminalText.escaped($0.name) } + ["stage"])
        let begins = widest(timeline.stages.map(\.beginning) + ["at"])
        let lengths = widest(timeline.stages.map(\.length) + ["took"])
        let before = 2 + names + begins + lengths + 3 * Self.gap
        let bar = max(min(lines.drawingWidth - before, Self.widestBar), 8)
        var text: [String] = []
        if !timeline.title.isEmpty { text += lines.set(.strong(timeline.title)) }
        text.append(
            lines.painted(
                "  " + padded("stage", names) + "  " + right("at", begins) + "  "
                    + right("took", lengths), .quiet))
        for stage in timeline.stages {
            let name = TerminalText.escaped(stage.name)
            text.append(
                "  " + lines.painted(padded(name, names), .strong) + "  "
                    + right(stage.beginning, begins) + "  " + right(stage.length, lengths) + "  "
                    + lines.painted(self.bar(stage, places: bar), .code))
            for phrase in stage.evidence {
                text += lines.set(
                    phrase, lead: Phrase(String(repeating: " ", count: 4 + names)),
                    indent: 6 + names)
            }
        }
        return text
    }

    /// The stage's part of the whole; what is too short to be drawn is a thin line.
    private func bar(_ stage: Timeline.Stage, places: Int) -> String {
        let (start, length) = timeline.place(of: stage)
        let first = min(Int(start * Double(places)), places - 1)
        let count = min(Int((length * Double(places)).rounded()), places - first)
        let filled = count == 0 ? "▏" : String(repeating: "█", count: count)
        return String(repeating: "·", count: first) + filled
            + String(repeating: "·", count: places - first - max(count, 1))
    }

    private func widest(_ texts: [String]) -> Int { texts.map(\.places).max() ?? 0 }

    private func padded(_ text: String, _ places: Int) -> String {
        text + String(repeating: " ", count: max(places - text.places, 0))
    }

    private func right(_ text: String, _ places: Int) -> String {
        String(repeating: " ", count: max(places - text.places, 0)) + text
    }
}
