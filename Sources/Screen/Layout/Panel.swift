/// A table with a rule above it, of which as much is shown as there is room for, the selected row among it.
struct Panel {
    var title: String
    /// By what the rows are ordered.
    var order = ""
    /// What the rule says at its right end of so many rows that are shown.
    var info: (Int) -> String
    var titles: Line?
    var rows: [[Line]]
    /// Beneath the last row, as far as there is room.
    var footer: Line?
    /// What stands there when there are no rows.
    var empty: String
    var selected: Int?
    /// Whether the arrows move in it.
    var isFocused: Bool
    let look: Look

    /// What stands before a row.
    static let mark = 2

    /// How many lines all of it takes.
    var height: Int {
        1 + (titles == nil ? 0 : 1) + max(rows.reduce(0) { $0 + $1.count }, 1)
            + (footer == nil ? 0 : 1)
    }

    /// With fewer lines not even one row could be seen whole.
    var least: Int {
        1 + (titles == nil ? 0 : 1) + (rows.isEmpty ? 1 : rows[selected ?? 0].count)
    }

    /// So many lines, the last ones empty where there is less to show.
    func lines(height: Int, width: Int) -> [Line] {
        guard height > 0 else { return [] }
        // Where there is no more than one row, it needs no rule to say what it is.
        let row = rows.isEmpty ? 1 : rows[selected ?? 0].count
        let hasRule = height > row
        let hasTitles = titles != nil && height > max(row + 1, Self.leastForTitles)
        var room = height - (hasRule ? 1 : 0) - (hasTitles ? 1 : 0)
        let hasFooter = footer != nil && room > Self.leastForFooter
        room -= hasFooter ? 1 : 0
        let shown = window(room)
        var lines = shown.flatMap { row in
            rows[row].enumerated().map { place, line in
                mark(isShown: place == 0 && row == selected && isFocused) + line
            }
        }
        if rows.isEmpty {
            lines = look.line(empty, .quiet)
                .wrapped(to: width, lead: .blank(Self.mark), indent: Self.mark)
        }
        if lines.count > room, room > 0 {
            // What ends in the midst of a name must not look like one.
            let rest = lines.count - room + 1
            lines =
                lines.prefix(room - 1) + [
                    .blank(Self.mark) + look.line("(\(rest) more lines)", .quiet)
                ]
        }
        if hasFooter, let footer { lines.append(.blank(Self.mark) + footer) }
        if hasTitles, let titles { lines.insert(.blank(Self.mark) + titles, at: 0) }
        if hasRule {
            lines.insert(
                Rule(
                    title: title, order: order, info: info(shown.count), isStrong: isFocused,
                    look: look
                ).line(width: width), at: 0)
        }
        return lines + Array(repeating: Line(), count: max(height - lines.count, 0))
    }

    private static let leastForTitles = 4
    private static let leastForFooter = 6

    private func mark(isShown: Bool) -> Line {
        isShown ? look.line("▸", .strong).padded(to: Self.mark) : .blank(Self.mark)
    }

    /// The rows that fit, from the first on; where the selected one is beyond them, those that end with it.
    private func window(_ room: Int) -> Range<Int> {
        let end = fitting(0, room)
        guard let selected, selected >= end else { return 0..<end }
        var start = selected
        var left = room - rows[selected].count
        while start > 0, rows[start - 1].count <= left {
            start -= 1
            left -= rows[start].count
        }
        return start..<max(fitting(start, room), selected + 1)
    }

    /// The end of the rows that fit from one on; the first of them always counts, and may be cut off at the bottom.
    private func fitting(_ start: Int, _ room: Int) -> Int {
        guard start < rows.count else { return rows.count }
        var end = start + 1
        var left = room - rows[start].count
        while end < rows.count, rows[end].count <= left {
            left -= rows[end].count
            end += 1
        }
        return end
    }
}
