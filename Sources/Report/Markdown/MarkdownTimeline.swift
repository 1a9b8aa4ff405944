/// Stages as a list, what tells so below each.
enum MarkdownTimeline {
    static func rendered(_ timeline: Timeline) -> [String] {
        guard !timeline.stages.isEmpty else { return [] }
        var text: [String] = []
        if !timeline.title.isEmpty { text += ["### " + MarkdownText.escaped(timeline.title), ""] }
        for stage in timeline.stages {
            text.append(
                "- **\(MarkdownText.escaped(stage.name))** at \(stage.beginning), took "
                    + stage.length)
            text += stage.evidence.map { "  - " + MarkdownText.phrase($0) }
        }
        return text
    }
}
