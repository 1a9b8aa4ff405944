/// How many lines each table gets of those there are.
struct Heights {
    private(set) var lines: [WatchPanel: Int] = [:]

    /// What a table could use, and what it must have.
    struct Need {
        var least: Int
        var most: Int
    }

    /// Fewer lines are of no use, but to a table that has no more: some rows where the arrows move, one or two elsewhere.
    private static func least(_ panel: WatchPanel, isFocused: Bool) -> Int {
        isFocused ? 5 : panel == .findings ? 3 : 4
    }

    /// - Parameter needs: a table that is not named is not shown.
    init(room: Int, needs: [WatchPanel: Need], focus: WatchPanel) {
        // The one with the focus first, then what needs a look most.
        var shown: [WatchPanel] = []
        var left = max(room, 0)
        for panel in [focus] + [.findings, .tuples, .listeners].filter({ $0 != focus }) {
            guard let need = needs[panel] else { continue }
            let usual = Self.least(panel, isFocused: panel == focus)
            let least = max(min(usual, need.most), need.least)
            guard shown.isEmpty || least <= left else { continue }
            shown.append(panel)
            lines[panel] = min(least, left)
            left -= min(least, left)
        }
        // Then each its share, and what one does not need to the others.
        for shares in [Self.shares(focus), [:]] {
            for panel in shown {
                let most = shares[panel].map { Int(Double(room) * $0) } ?? .max
                let given = lines[panel, default: 0]
                let more = min(min(needs[panel]?.most ?? 0, most) - given, left)
                guard more > 0 else { continue }
                lines[panel] = given + more
                left -= more
            }
        }
        // What nobody needs stays empty at the bottom.
        if let last = WatchPanel.allCases.last(where: shown.contains) {
            lines[last, default: 0] += left
        }
    }

    /// At first no table gets more of the room than that.
    private static func shares(_ focus: WatchPanel) -> [WatchPanel: Double] {
        var shares: [WatchPanel: Double] = [.findings: 0.2, .tuples: 0.55, .listeners: 0.25]
        if focus != .tuples { shares[focus] = 0.5 }
        return shares
    }
}
