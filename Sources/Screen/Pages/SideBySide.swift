/// The upper part of a wide screen: rates and findings at the left, the states over time at the right.
struct SideBySide {
    let view: WatchView
    let look: Look
    let width: Int

    /// A name, a curve, a figure.
    private static let rightWidth = 50
    private static let gap = 2
    private static let most = 6
    /// The least and the most lines of findings; more are seen where they have the focus.
    private static let findings = 4...10

    var leftWidth: Int { width - Self.rightWidth - Self.gap }

    /// - Parameter isBrief: where the room is needed for something else.
    func lines(findings panel: Panel, isBrief: Bool) -> [Line] {
        let head = HeadLines(view: view, look: look)
        let rates = head.rateLines(width: leftWidth)
        let states = Array(head.countLines(width: Self.rightWidth).prefix(Self.most))
        let least = max(states.count + 1 - rates.count, Self.findings.lowerBound)
        let most = panel.isFocused ? 2 * Self.findings.upperBound : Self.findings.upperBound
        let height = isBrief ? least : min(max(panel.height, least), most)
        let left = rates + panel.lines(height: height, width: leftWidth)
        let right = states + [head.cost.rightAligned(to: Self.rightWidth)]
        return (0..<max(left.count, right.count)).map { row in
            let start = row < left.count ? left[row] : Line()
            guard row < right.count else { return start }
            return start.prefix(leftWidth).padded(to: leftWidth + Self.gap) + right[row]
        }
    }
}
