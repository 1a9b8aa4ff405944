/// The last line: what can be pressed now.
struct KeysLine {
    let view: WatchView
    let look: Look

    private struct Hint {
        var key: String
        var words: String
        /// The higher, the sooner it gives way.
        var rank: Int
        /// The same for its words alone.
        var wordsRank: Int

        init(_ key: String, _ words: String, _ rank: Int, words wordsRank: Int? = nil) {
            self.key = key
            self.words = words
            self.rank = rank
            self.wordsRank = wordsRank ?? rank
        }
    }

    func line(width: Int) -> Line {
        if view.state.isTyping { return typing(width: width) }
        // What is least needed goes first, then words, the least needed ones first, then keys.
        let all = hints
        let needed = all.filter { $0.rank < Self.spare }
        let ranks = needed.map(\.wordsRank).sorted(by: >)
        for (hints, rank) in [(all, Int.max)] + ranks.map({ (needed, $0) }) + [(needed, -1)] {
            let line = joined(hints.map { ($0, $0.wordsRank <= rank) }, gap: 2)
            if line.width <= width { return line }
        }
        for rank in needed.map(\.rank).sorted(by: >) {
            let line = joined(needed.filter { $0.rank <= rank }.map { ($0, false) }, gap: 1)
            if line.width <= width { return line }
        }
        return Line()
    }

    /// From this rank on a key is named only where all of them are with their words.
    private static let spare = 20

    private func joined(_ hints: [(hint: Hint, isLong: Bool)], gap: Int) -> Line {
        hints.map { hint, isLong in
            look.line(hint.key, .strong) + look.line(isLong ? " " + hint.words : "", .quiet)
        }.joined(by: .blank(gap))
    }

    private var enter: String { look.isUnicode ? "⏎" : "Enter" }
    private var upDown: String { look.isUnicode ? "↑↓" : "Up/Down" }
    private var leftRight: String { look.isUnicode ? "←→" : "Left/Right" }

    private var hints: [Hint] {
        let pause = Hint("p", view.state.isPaused ? "resume" : "pause", 2)
        // Everybody knows that one.
        let quit = Hint("q", "quit", 0, words: 10)
        let isPast = view.history != nil
        switch view.state.page {
        case nil:
            let time =
                isPast
                ? [Hint("t", "back", 3), Hint("T", "forward", 4), Hint("Esc", "present", 1)]
                : [Hint("t", "history", Self.spare)]
            let more = view.head.namespaceCount > 1 ? [Hint("n", "next netns", Self.spare)] : []
            return time + [
                pause, Hint(leftRight, "sort", 8), Hint("/", "filter", 3),
                Hint(enter, "look into", 4), Hint("f", "findings", 5), Hint("l", "listeners", 6),
                Hint("e", "explain", 7),
            ] + more + [quit]
        case .detail:
            return [
                Hint("Esc", "back", 1), Hint(upDown, "next", 5), Hint("PgDn", "scroll", 6),
                Hint("e", "explain", 4), pause, quit,
            ]
        case .explanation:
            return [Hint("Esc", "back", 1), Hint(upDown, "scroll", 3), pause, quit]
        }
    }

    /// What is typed, its end in sight, and how to end it.
    private func typing(width: Int) -> Line {
        let words = look.line("/ ", .strong) + look.line(view.state.filter) + look.line("_", .quiet)
        let ways =
            look.line(enter, .strong) + look.line(" keep  ", .quiet) + look.line("Esc", .strong)
            + look.line(" cancel", .quiet)
        if words.width + 2 + ways.width <= width {
            return words.padded(to: width - ways.width) + ways
        }
        return words.dropFirst(max(words.width - width, 0))
    }
}
