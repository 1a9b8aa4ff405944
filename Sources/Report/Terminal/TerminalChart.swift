import HostState

/// What of a picture a terminal can show: columns as a line of blocks; the others have their table on the page.
struct TerminalChart {
    let chart: Chart
    let lines: TerminalLines

    func rendered() -> [String] {
        guard case .closings(let closings) = chart.kind, closings.highest > 0 else { return [] }
        let marks = Array("▁▂▃▄▅▆▇█")
        let highest = Double(closings.highest)
        let columns = closings.totals.reversed().map { count -> Character in
            guard count > 0 else { return " " }
            let step = Int((Double(count) / highest * 8).rounded(.up)) - 1
            return marks[min(max(step, 0), marks.count - 1)]
        }
        return [lines.painted(TerminalText.escaped(chart.title), .strong)]
            + lines.set(
                "60 s ago " + Phrase.code(String(columns).replacingSpaces()) + " now   highest "
                    + Phrase.strong(closings.highest.grouped) + "/s",
                lead: "  ", indent: 2)
    }
}

extension String {
    /// Seconds without a closing keep their place: a low dot in place of a space, at which a line could break.
    fileprivate func replacingSpaces() -> String {
        String(map { $0 == " " ? "." : $0 })
    }
}
